import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { classesKnob, convRelu, resolutionKnob } from './parts';

/** Channels of a module: 1×1; 3×3 reduce, 3×3; 5×5 reduce, 5×5; pool projection (paper, table 1). */
type Inception = readonly [number, readonly [number, number], readonly [number, number], number];

const MODULES: readonly (readonly [name: string, channels: Inception, poolAfter?: string])[] = [
	['3a', [64, [96, 128], [16, 32], 32]],
	['3b', [128, [128, 192], [32, 96], 64], 'pool3'],
	['4a', [192, [96, 208], [16, 48], 64]],
	['4b', [160, [112, 224], [24, 64], 64]],
	['4c', [128, [128, 256], [24, 64], 64]],
	['4d', [112, [144, 288], [32, 64], 64]],
	['4e', [256, [160, 320], [32, 128], 128], 'pool4'],
	['5a', [256, [160, 320], [32, 128], 128]],
	['5b', [384, [192, 384], [48, 128], 128]]
];

/** GoogLeNet (Inception v1) as the paper and Caffe have it, 5×5 branches, biases and no batch norm; no auxiliary heads. */
export const googlenet = /* @__PURE__ */ defineNetwork({
	id: 'googlenet',
	title: 'GoogLeNet',
	year: 2014,
	paper: { title: 'Going Deeper with Convolutions', arxiv: '1409.4842' },
	family: 'reference',
	scope: 'network',
	knobs: { resolution: resolutionKnob(224), classes: classesKnob },
	graph(name, { resolution, classes }) {
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		const norm = (id: string, x: Ref) =>
			net.op('localResponseNorm', id, x, { depthRadius: 2, bias: 1, alpha: 2e-5, beta: 0.75 });
		const pool = (id: string, x: Ref) => net.maxPool(id, x, { kernelSize: 3, stride: 2, ceil: true });

		let x = net.block('stem', 'stem', () => {
			const conv1 = convRelu(net, 'conv1', net.input, {
				outChannels: 64,
				kernelSize: 7,
				stride: 2,
				padding: 3
			});
			const reduced = convRelu(net, 'conv2_reduce', norm('norm1', pool('pool1', conv1)), {
				outChannels: 64,
				kernelSize: 1
			});
			const conv2 = convRelu(net, 'conv2', reduced, { outChannels: 192, kernelSize: 3, padding: 1 });
			return pool('pool2', norm('norm2', conv2));
		});
		for (const [module, channels, poolAfter] of MODULES) {
			x = inception(net, `inception_${module}`, x, channels);
			if (poolAfter) x = pool(poolAfter, x);
		}
		return net.build(
			net.block('classifier', 'classifier', () => {
				const dropped = net.dropout('dropout', net.globalAvgPool('pool5', x), 0.4);
				return net.softmax('softmax', net.dense('classifier', dropped, { outChannels: classes }));
			})
		);
	}
});

function inception(net: GraphBuilder, name: string, x: Ref, [c1, [r3, c3], [r5, c5], proj]: Inception): Ref {
	return net.block(name, 'inception', () => {
		const conv = (part: string, from: Ref, outChannels: number, kernelSize: number) =>
			convRelu(net, `${name}/${part}`, from, { outChannels, kernelSize, padding: (kernelSize - 1) / 2 });
		return net.concat(`${name}/concat`, [
			conv('1x1', x, c1, 1),
			conv('3x3', conv('3x3_reduce', x, r3, 1), c3, 3),
			conv('5x5', conv('5x5_reduce', x, r5, 1), c5, 5),
			conv('pool_proj', net.maxPool(`${name}/pool`, x, { kernelSize: 3, stride: 1, padding: 1 }), proj, 1)
		]);
	});
}
