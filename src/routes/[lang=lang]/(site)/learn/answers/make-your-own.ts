import { graphCost } from '$lib/nets';
import { blockMixing, buildBlock, readBlock } from '$lib/nets/blocks';
import type { Texts } from '$lib/lessons/compiler/compile';

const size = { size: 28, inChannels: 240, outChannels: 240 };
const mixingOf = (text: string) => blockMixing(readBlock(text), size);
const macsOf = (text: string) => graphCost(buildBlock('', readBlock(text), size).net).total.macs;

export default {
	'shuffle-place': (language) => {
		// Blocks until all have met, with the shuffle between the two group convolutions and after them.
		const between = mixingOf('1.gc1g3.sh3.gc1g3').blocks;
		const after = mixingOf('1.gc1g3.gc1g3.sh3').blocks;
		if (between !== 1 || after !== 2) throw new Error('the text says one block and two');
		return { en: 'Two blocks', zh: '两个块' }[language];
	},
	'half-width': (language) => {
		const spec = readBlock('1.dw3.bn.relu.pw.bn.relu');
		const macs = [240, 120].map((channels) => {
			const { net } = buildBlock('', spec, { ...size, inChannels: channels, outChannels: channels });
			return graphCost(net).total.macs;
		});
		const times = Math.round(macs[0]! / macs[1]!);
		return { en: `About 1/${times}`, zh: `大约 1/${times}` }[language];
	},
	'cheaper-order': (language) => {
		const [before, after] = [macsOf('1.pwx1/4.dw3.pw'), macsOf('1.dw3.pwx1/4.pw')];
		if (before >= after) throw new Error('the text says that squeezing first is cheaper');
		return { en: 'Squeeze first, then the depthwise step', zh: '先压缩，再做逐深度卷积' }[language];
	}
} satisfies Texts;
