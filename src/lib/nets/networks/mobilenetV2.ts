import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { convBnRelu, depthwiseBnRelu, makeDivisible, successorKnobs } from './parts';

/** Expansion, channels, repeats, stride of the first (paper, table 2). */
const STAGES = [
	[1, 16, 1, 1],
	[6, 24, 2, 2],
	[6, 32, 3, 2],
	[6, 64, 4, 2],
	[6, 96, 3, 1],
	[6, 160, 3, 2],
	[6, 320, 1, 1]
] as const;

/** MobileNetV2: inverted residuals with linear bottlenecks. Channels rounded to multiples of 8, as in torchvision. */
export const mobilenetV2 = /* @__PURE__ */ defineNetwork({
	id: 'mobilenet-v2',
	title: 'MobileNetV2',
	year: 2018,
	paper: { title: 'MobileNetV2: Inverted Residuals and Linear Bottlenecks', arxiv: '1801.04381v4' },
	family: 'mobilenet',
	scope: 'network',
	knobs: successorKnobs,
	graph(name, { alpha, resolution, classes }) {
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		const unit = { activation: 'relu6' } as const;
		let x: Ref = net.block('stem', 'stem', () =>
			convBnRelu(net, 'conv1', net.input, {
				...unit,
				outChannels: makeDivisible(32 * alpha),
				kernelSize: 3,
				stride: 2,
				padding: 1
			})
		);
		let number = 0;
		for (const [expansion, channels, repeats, firstStride] of STAGES) {
			for (let i = 0; i < repeats; i++) {
				const id = `block${++number}`;
				const stride = i === 0 ? firstStride : 1;
				const outChannels = makeDivisible(channels * alpha);
				x = net.block(id, 'invertedResidual', () => {
					const expanded =
						expansion === 1
							? x
							: convBnRelu(net, `${id}_expand`, x, {
									...unit,
									outChannels: net.channels(x) * expansion,
									kernelSize: 1
								});
					const depthwise = depthwiseBnRelu(net, `${id}_depthwise`, expanded, {
						...unit,
						kernelSize: 3,
						stride,
						padding: 1
					});
					const projected = convBnRelu(net, `${id}_project`, depthwise, {
						outChannels,
						kernelSize: 1,
						activation: null
					});
					return stride === 1 && net.channels(x) === outChannels
						? net.add(`${id}_add`, [projected, x])
						: projected;
				});
			}
		}
		x = convBnRelu(net, 'conv_last', x, {
			...unit,
			outChannels: makeDivisible(1280 * Math.max(1, alpha)),
			kernelSize: 1
		});
		return net.build(
			net.block('classifier', 'classifier', () => {
				const dropped = net.dropout('dropout', net.globalAvgPool('global_pool', x), 0.2);
				return net.softmax('softmax', net.dense('predictions', dropped, { outChannels: classes }));
			})
		);
	}
});
