import { keepStep, lessonFigure } from '../../lessonFigure';
import { decodePhotograph } from '../../tensor/photograph';
import { photographBytes } from '../../tensor/photographBytes';
import { knobsCodec } from '../../address/knobs';
import { photoKnobs } from './knobs';
import { PhotoSteps } from './photoSteps.svelte';
import PhotoStepsFigure from './PhotoStepsFigure.svelte';

export default lessonFigure(
	PhotoStepsFigure,
	(search) => {
		const steps = new PhotoSteps(
			decodePhotograph(photographBytes),
			knobsCodec(photoKnobs).parse(search).value
		);
		return {
			props: { steps },
			set: (phrase) => steps.readPhrase(phrase),
			keep: keepStep(steps.knobs, steps.player),
			rest: () => steps.player.pause()
		};
	},
	{ knobs: photoKnobs, height: { wide: 680, narrow: 837 }, controls: ['show', 'filter'] }
);
