import type { KnobValues } from '$lib/nets/knobs';
import { story } from '../../story';
import type { multiplierKnobs } from './knobs';
import { MultipliersState } from './multipliers.svelte';
import MultipliersFigure from './MultipliersFigure.svelte';

const as = (given: Partial<KnobValues<typeof multiplierKnobs>>) => () => ({
	multipliers: new MultipliersState(given)
});

export default story(MultipliersFigure, {
	whole: as({}),
	thin: as({ alpha: 0.5, resolution: 160 })
});
