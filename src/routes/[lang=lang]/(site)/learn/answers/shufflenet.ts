import { channelFlow, mixing, resolveGraph } from '$lib/nets';
import { channelShuffle } from '$lib/ops/channelShuffle';
import { channels } from '$lib/viz/figures/blockedFlow/knobs';
import { groupStack } from '$lib/viz/channelFlow/groupStack';
import type { Texts } from '$lib/lessons/compiler/compile';
import quantities, { shuffledShape } from '../quantities/shufflenet';

const sixGroups = resolveGraph(groupStack({ channels, groups: 6, layers: 4 }));

export default {
	'shuffle-macs': (language) => {
		const { macs } = channelShuffle.cost(channelShuffle.geometry([shuffledShape], { groups: 3 }));
		if (macs !== 0) throw new Error('the text says that a shuffle multiplies nothing');
		return { en: 'None', zh: '一次也不要' }[language];
	},
	'shuffle-to': quantities.shuffleTo,
	'six-groups': () => String(mixing(sixGroups, channelFlow(sixGroups))!.layers),
	'still-there': quantities.pointwiseShare,
	'stage-two': quantities.widthEight
} satisfies Texts;
