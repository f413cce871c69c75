import { lessonFigure } from '../../lessonFigure';
import { readKnobs } from '../knobsAddress';
import { Compression } from './compression.svelte';
import CompressionFigure from './CompressionFigure.svelte';
import { compressionKnobs } from './knobs';
import { squeezenetLayer } from './squeezenetLayer';

export default lessonFigure(
	CompressionFigure,
	(search) => {
		const compression = new Compression(squeezenetLayer(), readKnobs(compressionKnobs, search));
		return {
			props: { compression },
			set: (phrase) => compression.knobs.set(readKnobs(compressionKnobs, phrase)),
			page: '/compression'
		};
	},
	{ knobs: compressionKnobs, height: { wide: 900, narrow: 1180 } }
);
