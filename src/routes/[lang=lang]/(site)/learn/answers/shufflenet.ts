import { channelShuffle } from '$lib/ops/channelShuffle';
import type { Texts } from '$lib/lessons/compiler/compile';
import quantities, { shuffledShape } from '../quantities/shufflenet';

export default {
	'shuffle-macs': (language) => {
		const { macs } = channelShuffle.cost(channelShuffle.geometry([shuffledShape], { groups: 3 }));
		if (macs !== 0) throw new Error('the text says that a shuffle multiplies nothing');
		return { en: 'None', zh: '一次也不要' }[language];
	},
	'still-there': quantities.pointwiseShare,
	'stage-two': quantities.widthEight
} satisfies Texts;
