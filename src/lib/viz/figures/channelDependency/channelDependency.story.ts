import { story } from '../../story';
import type { KnobValues } from '$lib/nets/knobs';
import type { channelDependencyKnobs } from './knobs';
import { ChannelDependency } from './channelDependency.svelte';
import SeenFigure from './ChannelDependencyFigure.svelte';

const as = (given: Partial<KnobValues<typeof channelDependencyKnobs>>) => () => ({
	dependency: new ChannelDependency(given)
});

export default story(SeenFigure, {
	depthwise: as({}),
	separable: as({ layer: 'separable' }),
	standard: as({ layer: 'standard' }),
	groups: as({ layer: 'group', groups: 3 })
});
