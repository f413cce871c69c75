import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { classesKnob, convRelu, resolutionKnob } from './parts';

/** Channels and number of convolutions of each block (paper, table 1, column D). */
const BLOCKS = [
	[64, 2],
	[128, 2],
	[256, 3],
	[512, 3],
	[512, 3]
] as const;

/** VGG-16: 3×3 convolutions only. Ids as in Keras. */
export const vgg16 = /* @__PURE__ */ defineNetwork({
	id: 'vgg16',
	title: 'VGG-16',
	year: 2014,
	paper: { title: 'Very Deep Convolutional Networks for Large-Scale Image Recognition', arxiv: '1409.1556' },
	family: 'reference',
	scope: 'network',
	knobs: { resolution: resolutionKnob(224), classes: classesKnob },
	graph(name, { resolution, classes }) {
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		let x: Ref = net.input;
		BLOCKS.forEach(([outChannels, count], i) => {
			const block = `block${i + 1}`;
			net.block(block, 'stage', () => {
				for (let conv = 1; conv <= count; conv++) {
					x = convRelu(net, `${block}_conv${conv}`, x, { outChannels, kernelSize: 3, padding: 1 });
				}
				x = net.maxPool(`${block}_pool`, x, { kernelSize: 2 });
			});
		});
		return net.build(
			net.block('classifier', 'classifier', () => {
				for (const id of ['fc1', 'fc2']) {
					x = net.relu(`${id}_relu`, net.dense(id, x, { outChannels: 4096 }));
					x = net.dropout(`${id}_dropout`, x, 0.5);
				}
				return net.softmax('softmax', net.dense('predictions', x, { outChannels: classes }));
			})
		);
	}
});
