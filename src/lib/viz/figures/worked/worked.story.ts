import { story } from '../../story';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { workedKnobs } from './knobs';
import type { WorkedModule } from './modules';
import WorkedFigure from './WorkedFigure.svelte';

const at = (module: WorkedModule, code: 'pytorch' | 'keras') => () => ({
	module,
	knobs: new FigureKnobs(workedKnobs, { code })
});

export default story(
	WorkedFigure,
	{
		fire: at('fire', 'pytorch'),
		'shuffle-unit': at('shuffle-unit', 'keras'),
		separable: at('separable', 'pytorch'),
		'xception-block': at('xception-block', 'keras')
	},
	{ isPanel: true }
);
