import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { classesKnob, convBnRelu, resolutionKnob } from './parts';

const PAPER = { title: 'Deep Residual Learning for Image Recognition', arxiv: '1512.03385' } as const;

/** ResNet-18: two 3×3 convolutions a block (paper, table 1). Ids as in torchvision, with `_` for `.`. */
export const resnet18 = /* @__PURE__ */ defineNetwork({
	id: 'resnet18',
	title: 'ResNet-18',
	year: 2015,
	paper: PAPER,
	family: 'reference',
	scope: 'network',
	knobs: { resolution: resolutionKnob(224), classes: classesKnob },
	graph(name, { resolution, classes }) {
		return residualNetwork(name, resolution, classes, [2, 2, 2, 2], 1, (net, id, x, channels, stride) => {
			const first = convBnRelu(net, `${id}_conv1`, x, {
				outChannels: channels,
				kernelSize: 3,
				stride,
				padding: 1
			});
			return convBnRelu(net, `${id}_conv2`, first, {
				outChannels: channels,
				kernelSize: 3,
				padding: 1,
				activation: null
			});
		});
	}
});

/** ResNet-50: bottlenecks of 1×1, 3×3, 1×1 (paper, table 1). */
export const resnet50 = /* @__PURE__ */ defineNetwork({
	id: 'resnet50',
	title: 'ResNet-50',
	year: 2015,
	paper: PAPER,
	family: 'reference',
	scope: 'network',
	knobs: {
		/** Which convolution of a bottleneck has the stride: the 3×3 in torchvision ("v1.5"), the first 1×1 in the paper. */
		strideAt: { kind: 'choice', choices: ['3x3', '1x1'], default: '3x3' },
		resolution: resolutionKnob(224),
		classes: classesKnob
	},
	graph(name, { resolution, classes, strideAt }) {
		return residualNetwork(name, resolution, classes, [3, 4, 6, 3], 4, (net, id, x, channels, stride) =>
			bottleneck(net, id, x, { width: channels, outChannels: 4 * channels, groups: 1, stride, strideAt })
		);
	}
});

/** ResNeXt-50: ResNet-50 with grouped 3×3 convolutions (paper, table 1; 32×4d). */
export const resnext50 = /* @__PURE__ */ defineNetwork({
	id: 'resnext50',
	title: 'ResNeXt-50',
	year: 2016,
	paper: { title: 'Aggregated Residual Transformations for Deep Neural Networks', arxiv: '1611.05431' },
	family: 'reference',
	scope: 'network',
	knobs: {
		/** Groups of the 3×3 convolutions (cardinality), and channels of each group in the first stage. */
		groups: { kind: 'choice', choices: [1, 2, 4, 8, 16, 32, 64], default: 32, symbol: 'C' },
		groupWidth: { kind: 'number', min: 1, max: 64, step: 1, default: 4, whole: true, symbol: 'd' },
		resolution: resolutionKnob(224),
		classes: classesKnob
	},
	graph(name, { resolution, classes, groups, groupWidth }) {
		return residualNetwork(name, resolution, classes, [3, 4, 6, 3], 4, (net, id, x, channels, stride) => {
			const width = (channels / 64) * groupWidth * groups;
			return bottleneck(net, id, x, { width, outChannels: 4 * channels, groups, stride, strideAt: '3x3' });
		});
	}
});

type Branch = (net: GraphBuilder, id: string, x: Ref, channels: number, stride: number) => Ref;

/** Stem, four stages of residual blocks, classifier; shortcuts are 1×1 convolutions where shapes differ. */
function residualNetwork(
	name: string,
	resolution: number,
	classes: number,
	blocks: readonly number[],
	expansion: number,
	branch: Branch
) {
	const net = new GraphBuilder(name, [resolution, resolution, 3]);
	let x: Ref = net.block('stem', 'stem', () => {
		const conv1 = convBnRelu(net, 'conv1', net.input, {
			outChannels: 64,
			kernelSize: 7,
			stride: 2,
			padding: 3
		});
		return net.maxPool('maxpool', conv1, { kernelSize: 3, stride: 2, padding: 1 });
	});
	blocks.forEach((count, stage) => {
		const layer = `layer${stage + 1}`;
		const channels = 64 * 2 ** stage;
		net.block(layer, 'stage', () => {
			for (let i = 0; i < count; i++) {
				const stride = stage > 0 && i === 0 ? 2 : 1;
				const id = `${layer}_${i}`;
				x = net.block(`${i}`, 'residual', () => {
					const outChannels = channels * expansion;
					const shortcut =
						stride === 1 && net.channels(x) === outChannels
							? x
							: convBnRelu(net, `${id}_downsample`, x, {
									outChannels,
									kernelSize: 1,
									stride,
									activation: null
								});
					return net.relu(
						`${id}_relu`,
						net.add(`${id}_add`, [branch(net, id, x, channels, stride), shortcut])
					);
				});
			}
		});
	});
	return net.build(
		net.block('classifier', 'classifier', () =>
			net.softmax('softmax', net.dense('fc', net.globalAvgPool('avgpool', x), { outChannels: classes }))
		)
	);
}

interface Bottleneck {
	readonly width: number;
	readonly outChannels: number;
	readonly groups: number;
	readonly stride: number;
	readonly strideAt: '1x1' | '3x3';
}

function bottleneck(net: GraphBuilder, id: string, x: Ref, b: Bottleneck): Ref {
	const [stride1, stride2] = b.strideAt === '1x1' ? [b.stride, 1] : [1, b.stride];
	const first = convBnRelu(net, `${id}_conv1`, x, { outChannels: b.width, kernelSize: 1, stride: stride1 });
	const second = convBnRelu(net, `${id}_conv2`, first, {
		outChannels: b.width,
		kernelSize: 3,
		stride: stride2,
		padding: 1,
		groups: b.groups
	});
	return convBnRelu(net, `${id}_conv3`, second, {
		outChannels: b.outChannels,
		kernelSize: 1,
		activation: null
	});
}
