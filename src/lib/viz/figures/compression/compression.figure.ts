import { knobsFigure } from '../../lessonFigure';
import { Compression } from './compression.svelte';
import CompressionFigure from './CompressionFigure.svelte';
import { compressionKnobs } from './knobs';
import { squeezenetLayer } from './squeezenetLayer';

export default knobsFigure(
	CompressionFigure,
	compressionKnobs,
	(given) => {
		const compression = new Compression(squeezenetLayer(), given);
		return { props: { compression }, knobs: compression.knobs, page: '/compression' };
	},
	{ wide: 960, narrow: 1670 }
);
