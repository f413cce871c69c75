import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { classesKnob, convRelu, resolutionKnob } from './parts';

/** Widths of conv1 to conv5, the groups of conv2, conv4 and conv5, and the padding of conv1. */
const VARIANTS = {
	grouped: { channels: [96, 256, 384, 384, 256], groups: 2, padding: 0, norm: true },
	single: { channels: [64, 192, 384, 256, 256], groups: 1, padding: 2, norm: false }
} as const;

/**
 * AlexNet: `grouped` as in Caffe (two towers as group convolutions, 227×227), `single` the one tower of "One weird trick"
 * that torchvision has (224×224). Ids as in Caffe.
 */
export const alexnet = /* @__PURE__ */ defineNetwork({
	id: 'alexnet',
	title: 'AlexNet',
	year: 2012,
	paper: { title: 'ImageNet Classification with Deep Convolutional Neural Networks', venue: 'NIPS 2012' },
	family: 'reference',
	scope: 'network',
	knobs: {
		variant: { kind: 'choice', choices: ['grouped', 'single'], default: 'grouped' },
		resolution: resolutionKnob(227),
		classes: classesKnob
	},
	graph(name, knobs) {
		const { channels, groups, padding, norm } = VARIANTS[knobs.variant];
		const net = new GraphBuilder(name, [knobs.resolution, knobs.resolution, 3]);
		const normed = (id: string, x: Ref) =>
			norm ? net.op('localResponseNorm', id, x, { depthRadius: 2, bias: 1, alpha: 2e-5, beta: 0.75 }) : x;
		const pool = (id: string, x: Ref) => net.maxPool(id, x, { kernelSize: 3, stride: 2 });

		let x = convRelu(net, 'conv1', net.input, {
			outChannels: channels[0],
			kernelSize: 11,
			stride: 4,
			padding
		});
		x = pool('pool1', normed('norm1', x));
		x = convRelu(net, 'conv2', x, { outChannels: channels[1], kernelSize: 5, padding: 2, groups });
		x = pool('pool2', normed('norm2', x));
		x = convRelu(net, 'conv3', x, { outChannels: channels[2], kernelSize: 3, padding: 1 });
		x = convRelu(net, 'conv4', x, { outChannels: channels[3], kernelSize: 3, padding: 1, groups });
		x = convRelu(net, 'conv5', x, { outChannels: channels[4], kernelSize: 3, padding: 1, groups });
		x = pool('pool5', x);
		return net.build(
			net.block('classifier', 'classifier', () => {
				for (const id of ['fc6', 'fc7']) {
					x = net.relu(`${id}_relu`, net.dense(id, x, { outChannels: 4096 }));
					x = net.dropout(`${id}_dropout`, x, 0.5);
				}
				return net.softmax('softmax', net.dense('fc8', x, { outChannels: knobs.classes }));
			})
		);
	}
});
