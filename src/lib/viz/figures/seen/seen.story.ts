import { story } from '../../story';
import type { KnobValues } from '$lib/nets/knobs';
import type { seenKnobs } from './knobs';
import { Seen } from './seen.svelte';
import SeenFigure from './SeenFigure.svelte';

const as = (given: Partial<KnobValues<typeof seenKnobs>>) => () => ({ seen: new Seen(given) });

export default story(SeenFigure, {
	depthwise: as({}),
	separable: as({ layer: 'separable' }),
	standard: as({ layer: 'standard' }),
	groups: as({ layer: 'group', groups: 3 })
});
