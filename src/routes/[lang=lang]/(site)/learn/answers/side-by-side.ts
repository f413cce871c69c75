import { graphCost, networkById, resolveGraph, type NetworkId } from '$lib/nets';
import { blockMixing, readBlock } from '$lib/nets/blocks';
import { channelShuffle } from '$lib/ops/channelShuffle';
import { conv2d } from '$lib/ops/conv2d';
import type { Shape } from '$lib/ops/types';
import type { Texts } from '$lib/lessons/compiler/compile';
import quantities from '../quantities/side-by-side';

const totalOf = (id: NetworkId) => graphCost(resolveGraph(networkById(id).build())).total;
const squeezenet = totalOf('squeezenet');
const mobilenet = totalOf('mobilenet');

const input: Shape = [28, 28, 240];
function intensity(kernelSize: number, groups: number) {
	const options = { outChannels: 240, kernelSize, padding: (kernelSize - 1) / 2, groups, bias: false };
	const cost = conv2d.cost(conv2d.geometry([input], options));
	return cost.macs / (cost.bytesRead + cost.bytesWritten);
}

export default {
	'fewer-params': (language) => {
		if (squeezenet.macs <= mobilenet.macs) throw new Error('the text says that SqueezeNet multiplies more');
		const times = quantities.moreMacs(language);
		return { en: `More: ${times} times as many`, zh: `更多：${times} 倍` }[language];
	},
	'free-mixing': (language) => {
		const shuffle = channelShuffle.cost(channelShuffle.geometry([input], { groups: 3 }));
		const { seen, total } = blockMixing(readBlock('1.gc1g3.sh3.gc1g3'), {
			size: 28,
			inChannels: 240,
			outChannels: 240
		});
		if (shuffle.macs !== 0 || seen[0] < total)
			throw new Error('the text says that a shuffle mixes for nothing');
		return { en: 'A channel shuffle', zh: '通道混洗' }[language];
	},
	'fight-gain': quantities.comparedPointwiseGain,
	starved: (language) => {
		const names = {
			en: { standard: 'The standard 3×3', pointwise: 'The pointwise', depthwise: 'The depthwise 3×3' },
			zh: { standard: '标准 3×3 卷积', pointwise: '逐点卷积', depthwise: '逐深度 3×3 卷积' }
		}[language];
		const by = { standard: intensity(3, 1), pointwise: intensity(1, 1), depthwise: intensity(3, 240) };
		const [least] = (Object.keys(by) as (keyof typeof by)[]).sort((a, b) => by[a] - by[b]);
		return names[least!];
	}
} satisfies Texts;
