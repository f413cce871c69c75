import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { classesKnob, convBnRelu, dropoutKnob, firstPoolKnob, resolutionKnob, stemStrideKnob } from './parts';

const EPSILON = 1e-3;

/**
 * Xception: depthwise, then pointwise, nothing between and one batch norm after the pair. The first two convolutions are
 * valid, all else same. Shortcuts read the input of their block before its ReLU. Ids are those of Keras, with `_dw` and `_pw`
 * for the two halves of a separable convolution and `_shortcut` for the 1×1 convolutions beside. Source: paper, figure 5.
 */
export const xception = /* @__PURE__ */ defineNetwork({
	id: 'xception',
	title: 'Xception',
	year: 2016,
	paper: { title: 'Xception: Deep Learning with Depthwise Separable Convolutions', arxiv: '1610.02357v3' },
	family: 'xception',
	scope: 'network',
	knobs: {
		resolution: resolutionKnob(299),
		/** Blocks of the middle flow. */
		repeats: { kind: 'number', min: 0, max: 16, step: 1, default: 8, whole: true },
		/** Scales every layer but the classes. */
		width: { kind: 'number', min: 0.05, max: 2, step: 0.05, default: 1, unit: '×' },
		classes: classesKnob,
		stemStride: stemStrideKnob,
		/** Whether block 2, the first with a pool, halves the size. */
		firstPool: firstPoolKnob,
		dropout: dropoutKnob(0.5)
	},
	graph(name, { resolution, repeats, width, ...knobs }) {
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		const scaled = (channels: number) => Math.max(1, Math.round(channels * width));
		const exit = 5 + repeats;

		let x: Ref = net.block('stem', 'stem', () => {
			const conv1 = conv(net, 'block1_conv1', net.input, scaled(32), knobs.stemStride);
			return conv(net, 'block1_conv2', conv1, scaled(64), 1);
		});
		x = downBlock(net, 2, x, [scaled(128), scaled(128)], {
			leadingRelu: false,
			stride: knobs.firstPool ? 2 : 1
		});
		x = downBlock(net, 3, x, [scaled(256), scaled(256)], { leadingRelu: true, stride: 2 });
		x = downBlock(net, 4, x, [scaled(728), scaled(728)], { leadingRelu: true, stride: 2 });
		for (let block = 5; block < exit; block++) x = middleBlock(net, block, x, scaled(728));
		x = downBlock(net, exit, x, [scaled(728), scaled(1024)], { leadingRelu: true, stride: 2 });
		x = net.block(`block${exit + 1}`, 'stage', () =>
			[scaled(1536), scaled(2048)].reduce((from, channels, i) => {
				const id = `block${exit + 1}_sepconv${i + 1}`;
				return net.relu(`${id}_act`, separable(net, id, from, channels));
			}, x)
		);
		return net.build(
			net.block('classifier', 'classifier', () => {
				const pooled = net.globalAvgPool('avg_pool', x);
				const dropped = net.dropout('dropout', pooled, knobs.dropout);
				return net.softmax('softmax', net.dense('predictions', dropped, { outChannels: knobs.classes }));
			})
		);
	}
});

function conv(net: GraphBuilder, id: string, x: Ref, outChannels: number, stride: number): Ref {
	return convBnRelu(net, id, x, {
		outChannels,
		kernelSize: 3,
		stride,
		epsilon: EPSILON,
		activationId: `${id}_act`
	});
}

/** Depthwise 3×3, pointwise, batch norm. */
function separable(net: GraphBuilder, id: string, x: Ref, outChannels: number): Ref {
	const name = id.slice(id.indexOf('_') + 1);
	return net.block(name, 'separable', () => {
		const depthwise = net.depthwiseConv2d(`${id}_dw`, x, { kernelSize: 3, padding: 'same', bias: false });
		return convBnRelu(net, `${id}_pw`, depthwise, {
			outChannels,
			kernelSize: 1,
			epsilon: EPSILON,
			bnId: `${id}_bn`,
			activation: null
		});
	});
}

/** Two separable convolutions and a pool, with a 1×1 convolution of stride 2 beside them. */
function downBlock(
	net: GraphBuilder,
	number: number,
	x: Ref,
	channels: readonly [number, number],
	{ leadingRelu, stride }: { leadingRelu: boolean; stride: 1 | 2 }
): Ref {
	const name = `block${number}`;
	return net.block(name, 'residual', () => {
		const shortcut = convBnRelu(net, `${name}_shortcut`, x, {
			outChannels: channels[1],
			kernelSize: 1,
			stride,
			epsilon: EPSILON,
			activation: null
		});
		const first = leadingRelu ? net.relu(`${name}_sepconv1_act`, x) : x;
		const between = net.relu(`${name}_sepconv2_act`, separable(net, `${name}_sepconv1`, first, channels[0]));
		const last = separable(net, `${name}_sepconv2`, between, channels[1]);
		const pooled =
			stride === 1 ? last : net.maxPool(`${name}_pool`, last, { kernelSize: 3, stride, padding: 'same' });
		return net.add(`${name}_add`, [pooled, shortcut]);
	});
}

/** Three times ReLU and separable convolution, added to the input. */
function middleBlock(net: GraphBuilder, number: number, x: Ref, channels: number): Ref {
	const name = `block${number}`;
	return net.block(name, 'residual', () => {
		const branch = [1, 2, 3].reduce((from, i) => {
			const id = `${name}_sepconv${i}`;
			return separable(net, id, net.relu(`${id}_act`, from), channels);
		}, x);
		return net.add(`${name}_add`, [branch, x]);
	});
}
