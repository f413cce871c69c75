import { channelShuffle } from '$lib/ops/channelShuffle';
import type { Texts } from '$lib/lessons/compiler/compile';
import { learners } from '../learners';
import quantities, { shuffledShape } from '../quantities/shufflenet';

export default {
	'shuffle-macs': (language) => {
		const { macs } = channelShuffle.cost(channelShuffle.geometry([shuffledShape], { groups: 3 }));
		if (macs !== 0) throw new Error('the text says that a shuffle multiplies nothing');
		return { en: 'None', zh: '一次也不要' }[language];
	},
	'who-learns': (language) => {
		const able = learners(['standard', 'group', 'groupShuffle']).join();
		if (able !== 'standard,groupShuffle') throw new Error(`the text does not have the answer ${able}`);
		return {
			en: 'The standard one, and the group convolutions with a shuffle',
			zh: '标准卷积，以及带混洗的分组卷积'
		}[language];
	},
	'still-there': quantities.pointwiseShare,
	'stage-two': quantities.widthEight
} satisfies Texts;
