import type { KnobValues } from '$lib/nets/knobs';
import { story } from '../../story';
import type { unitKnobs } from './knobs';
import { UnitMorph } from './unitMorph.svelte';
import UnitMorphFigure from './UnitMorphFigure.svelte';

const as = (given: Partial<KnobValues<typeof unitKnobs>>) => () => ({ morph: new UnitMorph(given) });

export default story(UnitMorphFigure, {
	bottleneck: as({}),
	grouped: as({ stage: 'grouped' }),
	strided: as({ stage: 'strided' }),
	'four-groups': as({ stage: 'grouped', groups: 4 })
});
