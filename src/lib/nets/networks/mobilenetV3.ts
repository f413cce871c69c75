import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork, type Network } from './network';
import { convBnRelu, depthwiseBnRelu, makeDivisible, successorKnobs } from './parts';

/** Kernel, expanded channels, output channels, squeeze-and-excite, activation, stride. */
type Block = readonly [number, number, number, boolean, 'relu' | 'hardSwish', 1 | 2];

/** Paper, table 1. */
const LARGE: readonly Block[] = [
	[3, 16, 16, false, 'relu', 1],
	[3, 64, 24, false, 'relu', 2],
	[3, 72, 24, false, 'relu', 1],
	[5, 72, 40, true, 'relu', 2],
	[5, 120, 40, true, 'relu', 1],
	[5, 120, 40, true, 'relu', 1],
	[3, 240, 80, false, 'hardSwish', 2],
	[3, 200, 80, false, 'hardSwish', 1],
	[3, 184, 80, false, 'hardSwish', 1],
	[3, 184, 80, false, 'hardSwish', 1],
	[3, 480, 112, true, 'hardSwish', 1],
	[3, 672, 112, true, 'hardSwish', 1],
	[5, 672, 160, true, 'hardSwish', 2],
	[5, 960, 160, true, 'hardSwish', 1],
	[5, 960, 160, true, 'hardSwish', 1]
];

/** Paper, table 2. */
const SMALL: readonly Block[] = [
	[3, 16, 16, true, 'relu', 2],
	[3, 72, 24, false, 'relu', 2],
	[3, 88, 24, false, 'relu', 1],
	[5, 96, 40, true, 'hardSwish', 2],
	[5, 240, 40, true, 'hardSwish', 1],
	[5, 240, 40, true, 'hardSwish', 1],
	[5, 120, 48, true, 'hardSwish', 1],
	[5, 144, 48, true, 'hardSwish', 1],
	[5, 288, 96, true, 'hardSwish', 2],
	[5, 576, 96, true, 'hardSwish', 1],
	[5, 576, 96, true, 'hardSwish', 1]
];

export const mobilenetV3Large = /* @__PURE__ */ mobilenetV3(
	'mobilenet-v3-large',
	'MobileNetV3-Large',
	LARGE,
	1280
);
export const mobilenetV3Small = /* @__PURE__ */ mobilenetV3(
	'mobilenet-v3-small',
	'MobileNetV3-Small',
	SMALL,
	1024
);

/** MobileNetV3: inverted residuals with squeeze-and-excite and hard-swish, as in torchvision. */
function mobilenetV3(id: string, title: string, blocks: readonly Block[], lastChannels: number): Network {
	return defineNetwork({
		id,
		title,
		year: 2019,
		paper: { title: 'Searching for MobileNetV3', arxiv: '1905.02244v5' },
		family: 'mobilenet',
		scope: 'network',
		knobs: successorKnobs,
		graph(name, { alpha, resolution, classes }) {
			const net = new GraphBuilder(name, [resolution, resolution, 3]);
			const scaled = (channels: number) => makeDivisible(channels * alpha);
			const unit = { epsilon: 1e-3, activation: 'hardSwish' } as const;
			let x: Ref = net.block('stem', 'stem', () =>
				convBnRelu(net, 'conv1', net.input, {
					...unit,
					outChannels: scaled(16),
					kernelSize: 3,
					stride: 2,
					padding: 1
				})
			);
			blocks.forEach((block, i) => {
				x = invertedResidual(net, `block${i + 1}`, x, block, scaled);
			});
			x = convBnRelu(net, 'conv_last', x, { ...unit, outChannels: net.channels(x) * 6, kernelSize: 1 });
			return net.build(
				net.block('classifier', 'classifier', () => {
					const hidden = net.dense('hidden', net.globalAvgPool('global_pool', x), {
						outChannels: scaled(lastChannels)
					});
					const dropped = net.dropout('dropout', net.op('hardSwish', 'hidden_act', hidden, {}), 0.2);
					return net.softmax('softmax', net.dense('predictions', dropped, { outChannels: classes }));
				})
			);
		}
	});
}

function invertedResidual(
	net: GraphBuilder,
	id: string,
	x: Ref,
	[kernelSize, expandedChannels, channels, excite, activation, stride]: Block,
	scaled: (channels: number) => number
): Ref {
	return net.block(id, 'invertedResidual', () => {
		const unit = { epsilon: 1e-3, activation };
		const expandedWidth = scaled(expandedChannels);
		const expanded =
			expandedWidth === net.channels(x)
				? x
				: convBnRelu(net, `${id}_expand`, x, { ...unit, outChannels: expandedWidth, kernelSize: 1 });
		const depthwise = depthwiseBnRelu(net, `${id}_depthwise`, expanded, {
			...unit,
			kernelSize,
			stride,
			padding: (kernelSize - 1) / 2
		});
		const excited = excite ? squeezeExcite(net, id, depthwise) : depthwise;
		const outChannels = scaled(channels);
		const projected = convBnRelu(net, `${id}_project`, excited, {
			outChannels,
			kernelSize: 1,
			epsilon: 1e-3,
			activation: null
		});
		return stride === 1 && net.channels(x) === outChannels ? net.add(`${id}_add`, [projected, x]) : projected;
	});
}

/** Scales each channel by a number computed from the means of all channels. */
function squeezeExcite(net: GraphBuilder, id: string, x: Ref): Ref {
	return net.block('excite', 'squeezeExcite', () => {
		const channels = net.channels(x);
		const squeezed = net.conv2d(`${id}_se_reduce`, net.globalAvgPool(`${id}_se_pool`, x), {
			outChannels: makeDivisible(channels / 4),
			kernelSize: 1
		});
		const expanded = net.conv2d(`${id}_se_expand`, net.relu(`${id}_se_relu`, squeezed), {
			outChannels: channels,
			kernelSize: 1
		});
		return net.op(
			'multiply',
			`${id}_se_scale`,
			[x, net.op('hardSigmoid', `${id}_se_gate`, expanded, {})],
			{}
		);
	});
}
