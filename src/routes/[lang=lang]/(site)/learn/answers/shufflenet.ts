import { channelFlow, mixing, resolveGraph } from '$lib/nets';
import { channels } from '$lib/viz/figures/blockedFlow/knobs';
import { groupStack } from '$lib/viz/figures/network/groupStack';
import type { Texts } from '../markdown/compile';
import quantities from '../quantities/shufflenet';

const sixGroups = resolveGraph(groupStack({ channels, groups: 6, layers: 4 }));

export default {
	'six-groups': () => String(mixing(sixGroups, channelFlow(sixGroups))!.layers),
	'still-there': quantities.pointwiseShare,
	'stage-two': quantities.widthEight
} satisfies Texts;
