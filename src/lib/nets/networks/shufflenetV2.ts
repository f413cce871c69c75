import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { classesKnob, convBnRelu, depthwiseBnRelu, resolutionKnob } from './parts';

/** Channels of stages 2 to 4 and of the last convolution (paper, table 5). */
const CHANNELS = {
	0.5: [48, 96, 192, 1024],
	1: [116, 232, 464, 1024],
	1.5: [176, 352, 704, 1024],
	2: [244, 488, 976, 2048]
} as const;

/** ShuffleNetV2: channel split in place of group convolution, then concat and shuffle. As in torchvision. */
export const shufflenetV2 = /* @__PURE__ */ defineNetwork({
	id: 'shufflenet-v2',
	title: 'ShuffleNetV2',
	year: 2018,
	paper: {
		title: 'ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design',
		arxiv: '1807.11164'
	},
	family: 'shufflenet',
	scope: 'network',
	knobs: {
		scale: { kind: 'choice', choices: [0.5, 1, 1.5, 2], default: 1, symbol: 's', unit: '×' },
		shuffle: { kind: 'flag', default: true },
		resolution: { ...resolutionKnob(224), step: 32 },
		classes: classesKnob
	},
	graph(name, { scale, shuffle, resolution, classes }) {
		const [stage2, stage3, stage4, last] = CHANNELS[scale];
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		let x: Ref = net.block('stem', 'stem', () => {
			const conv1 = convBnRelu(net, 'conv1', net.input, {
				outChannels: 24,
				kernelSize: 3,
				stride: 2,
				padding: 1
			});
			return net.maxPool('maxpool', conv1, { kernelSize: 3, stride: 2, padding: 1 });
		});
		for (const [stage, outChannels, units] of [
			[2, stage2, 4],
			[3, stage3, 8],
			[4, stage4, 4]
		] as const) {
			net.block(`stage${stage}`, 'stage', () => {
				for (let i = 1; i <= units; i++) x = unit(net, `unit${i}`, x, outChannels, i === 1 ? 2 : 1, shuffle);
			});
		}
		x = convBnRelu(net, 'conv5', x, { outChannels: last, kernelSize: 1 });
		return net.build(
			net.block('classifier', 'classifier', () =>
				net.softmax('softmax', net.dense('fc', net.globalAvgPool('global_pool', x), { outChannels: classes }))
			)
		);
	}
});

function unit(
	net: GraphBuilder,
	name: string,
	x: Ref,
	outChannels: number,
	stride: 1 | 2,
	shuffle: boolean
): Ref {
	return net.block(name, 'shuffleUnit', (path) => {
		const id = (part: string) => `${path}/${part}`;
		const half = outChannels / 2;
		const pointwise = (part: string, from: Ref) =>
			convBnRelu(net, id(part), from, { outChannels: half, kernelSize: 1 });
		const depthwise = (part: string, from: Ref) =>
			depthwiseBnRelu(net, id(part), from, { kernelSize: 3, stride, padding: 1, activation: null });
		const right = (from: Ref) => pointwise('pwconv2', depthwise('dwconv', pointwise('pwconv1', from)));
		const branches = (): readonly [Ref, Ref] => {
			if (stride === 2) return [pointwise('shortcut_pw', depthwise('shortcut_dw', x)), right(x)];
			const split = net.op('split', id('split'), x, { sizes: [half, half] });
			return [`${split}:0`, right(`${split}:1`)];
		};
		const joined = net.concat(id('concat'), branches());
		return shuffle ? net.op('channelShuffle', id('shuffle'), joined, { groups: 2 }) : joined;
	});
}
