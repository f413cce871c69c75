import { lessonFigure } from '$lib/viz/lessonFigure';
import LessonNetwork from './LessonNetwork.svelte';
import { ignoredByNetwork, knobsOfNetwork, openNetwork } from './openNetwork';

/** `network/mobilenet?alpha=0.5&open=features`: a network's diagram, its knobs and what it costs. */
export default lessonFigure(
	LessonNetwork,
	(search, of) => openNetwork(search, of, (network) => ({ network })),
	{ height: { wide: 760, narrow: 1600 }, ignored: ignoredByNetwork, controls: knobsOfNetwork }
);
