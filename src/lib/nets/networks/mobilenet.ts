import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import {
	classesKnob,
	convBnRelu,
	depthwiseBnRelu,
	dropoutKnob,
	resolutionKnob,
	stemStrideKnob
} from './parts';

/**
 * Output channels and depthwise stride of each separable block. Source: paper, table 1, where the stride of the last
 * depthwise layer is misprinted as 2. The run of 512 is as long as the knob `repeats` says.
 */
const blocks = (
	firstStride: 1 | 2,
	repeats: number
): readonly (readonly [channels: number, stride: number])[] => [
	[64, 1],
	[128, firstStride],
	[128, 1],
	[256, 2],
	[256, 1],
	[512, 2],
	...Array.from({ length: repeats }, () => [512, 1] as const),
	[1024, 2],
	[1024, 1]
];

/**
 * MobileNet v1: 13 depthwise separable convolutions, batch norm and ReLU after both steps; only the classifier has a bias.
 * α scales every layer but the classes. Ids are those of Keras (`conv1`, `conv_dw_1`, `conv_pw_1`, …, `conv_preds`), and so
 * is the rounding of channels (down). Source: paper, table 1.
 */
export const mobilenet = /* @__PURE__ */ defineNetwork({
	id: 'mobilenet',
	title: 'MobileNet v1',
	year: 2017,
	paper: {
		title: 'MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications',
		arxiv: '1704.04861v1'
	},
	family: 'mobilenet',
	scope: 'network',
	knobs: {
		alpha: { kind: 'number', min: 0.05, max: 4, step: 0.05, default: 1, symbol: 'α', unit: '×' },
		resolution: { ...resolutionKnob(224), step: 32, symbol: 'ρ' },
		/** `standard` is the twin of the paper's table 4, with a 3×3 convolution over all channels in place of each pair. */
		convolution: { kind: 'choice', choices: ['separable', 'standard'], default: 'separable' },
		/** Blocks of 512 channels at 14×14 that keep their size; 0 is the shallow network of the paper's table 5. */
		repeats: { kind: 'number', min: 0, max: 10, step: 1, default: 5, whole: true },
		classes: classesKnob,
		stemStride: stemStrideKnob,
		/** Stride of the second block, the first that halves the size. */
		firstStride: { kind: 'choice', choices: [1, 2], default: 2, secondary: true },
		/** The published weights are for ReLU6; the paper writes ReLU. */
		activation: { kind: 'choice', choices: ['relu6', 'relu'], default: 'relu6', secondary: true },
		dropout: dropoutKnob(0.001)
	},
	graph(name, { alpha, resolution, activation, ...knobs }) {
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		const scaled = (channels: number) => Math.max(1, Math.floor(channels * alpha));
		const unit = { activation, epsilon: 1e-3, padding: 'same' } as const;

		let x: Ref = net.block('stem', 'stem', () =>
			convBnRelu(net, 'conv1', net.input, {
				...unit,
				outChannels: scaled(32),
				kernelSize: 3,
				stride: knobs.stemStride
			})
		);
		blocks(knobs.firstStride, knobs.repeats).forEach(([channels, stride], i) => {
			const outChannels = scaled(channels);
			const number = i + 1;
			x =
				knobs.convolution === 'separable'
					? net.block(`separable${number}`, 'separable', () => {
							const depthwise = depthwiseBnRelu(net, `conv_dw_${number}`, x, {
								...unit,
								kernelSize: 3,
								stride
							});
							return convBnRelu(net, `conv_pw_${number}`, depthwise, { ...unit, outChannels, kernelSize: 1 });
						})
					: net.block(`standard${number}`, 'standard', () =>
							convBnRelu(net, `conv_${number}`, x, { ...unit, outChannels, kernelSize: 3, stride })
						);
		});
		return net.build(
			net.block('classifier', 'classifier', () => {
				const pooled = net.globalAvgPool('global_pool', x);
				const dropped = net.dropout('dropout', pooled, knobs.dropout);
				const logits = net.conv2d('conv_preds', dropped, { outChannels: knobs.classes, kernelSize: 1 });
				return net.softmax('softmax', logits);
			})
		);
	}
});
