import type { Texts } from '$lib/lessons/compiler/compile';
import { learners } from '../learners';
import quantities, { macsBetween } from '../quantities/xception';

export default {
	'which-flow': (language) => {
		const names = {
			en: ['The entry flow', 'The middle flow', 'The exit flow'],
			zh: ['入口段', '中间段', '出口段']
		}[language];
		const shares = [macsBetween(1, 4), macsBetween(5, 12), macsBetween(13, 14)];
		return names[shares.indexOf(Math.max(...shares))]!;
	},
	'which-order': (language) => {
		const able = learners(['depthwise', 'separable', 'pointwiseFirst']).join();
		if (able !== 'separable,pointwiseFirst') throw new Error(`the text does not have the answer ${able}`);
		return {
			en: 'Both orders, and not depthwise alone',
			zh: '两种顺序都行，单用逐深度不行'
		}[language];
	},
	'depthwise-part': quantities.depthwiseMacs,
	arithmetic: (language) => {
		const times = quantities.macTimes(language);
		return { en: `${times} times as many`, zh: `${times} 倍` }[language];
	}
} satisfies Texts;
