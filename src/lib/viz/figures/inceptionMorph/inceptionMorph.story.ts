import { story } from '../../story';
import { InceptionMorph } from './inceptionMorph.svelte';
import InceptionMorphFigure from './InceptionMorphFigure.svelte';
import type { MorphStage } from './knobs';

const at =
	(stage: MorphStage, segments = 3) =>
	() => ({ morph: new InceptionMorph({ stage, segments }) });

export default story(InceptionMorphFigure, {
	inception: at('inception'),
	simplified: at('simplified'),
	segments: at('segments'),
	'uneven-segments': at('segments', 5),
	extreme: at('extreme')
});
