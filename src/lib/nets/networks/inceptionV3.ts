import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { classesKnob, convBnRelu, resolutionKnob } from './parts';

/** One layer of a branch: channels, kernel, and stride where it is not 1. Stride 2 is unpadded, all else keeps its size. */
type Layer = readonly [channels: number, kernelSize: number | readonly [number, number], stride?: 1 | 2];

/** Inception v3 as TensorFlow and torchvision have it, without the auxiliary head. Source: paper, figures 5 to 7 and 10. */
export const inceptionV3 = /* @__PURE__ */ defineNetwork({
	id: 'inception-v3',
	title: 'Inception v3',
	year: 2015,
	paper: { title: 'Rethinking the Inception Architecture for Computer Vision', arxiv: '1512.00567' },
	family: 'reference',
	scope: 'network',
	knobs: { resolution: resolutionKnob(299), classes: classesKnob },
	graph(name, { resolution, classes }) {
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		const inception = new InceptionWriter(net);

		let x = net.block('stem', 'stem', () => {
			const conv1 = inception.layer('conv1', net.input, [32, 3, 2]);
			const conv2 = inception.layer('conv2', conv1, [32, 3], 0);
			const conv3 = net.maxPool('pool1', inception.layer('conv3', conv2, [64, 3]), {
				kernelSize: 3,
				stride: 2
			});
			const conv5 = inception.layer('conv5', inception.layer('conv4', conv3, [80, 1]), [192, 3], 0);
			return net.maxPool('pool2', conv5, { kernelSize: 3, stride: 2 });
		});
		for (const [module, pool] of [
			['5b', 32],
			['5c', 64],
			['5d', 64]
		] as const) {
			x = inception.module(module, x, 'avg', {
				'1x1': [[64, 1]],
				'5x5': [
					[48, 1],
					[64, 5]
				],
				'3x3dbl': [
					[64, 1],
					[96, 3],
					[96, 3]
				],
				pool: [[pool, 1]]
			});
		}
		x = inception.module('6a', x, 'max', {
			'3x3': [[384, 3, 2]],
			'3x3dbl': [
				[64, 1],
				[96, 3],
				[96, 3, 2]
			]
		});
		for (const [module, c7] of [
			['6b', 128],
			['6c', 160],
			['6d', 160],
			['6e', 192]
		] as const) {
			x = inception.module(module, x, 'avg', {
				'1x1': [[192, 1]],
				'7x7': [
					[c7, 1],
					[c7, [1, 7]],
					[192, [7, 1]]
				],
				'7x7dbl': [
					[c7, 1],
					[c7, [7, 1]],
					[c7, [1, 7]],
					[c7, [7, 1]],
					[192, [1, 7]]
				],
				pool: [[192, 1]]
			});
		}
		x = inception.module('7a', x, 'max', {
			'3x3': [
				[192, 1],
				[320, 3, 2]
			],
			'7x7x3': [
				[192, 1],
				[192, [1, 7]],
				[192, [7, 1]],
				[192, 3, 2]
			]
		});
		for (const module of ['7b', '7c']) x = inception.wideModule(module, x);
		return net.build(
			net.block('classifier', 'classifier', () => {
				const dropped = net.dropout('dropout', net.globalAvgPool('avg_pool', x), 0.5);
				return net.softmax('softmax', net.dense('predictions', dropped, { outChannels: classes }));
			})
		);
	}
});

class InceptionWriter {
	readonly #net: GraphBuilder;

	constructor(net: GraphBuilder) {
		this.#net = net;
	}

	layer(id: string, x: Ref, [outChannels, kernelSize, stride = 1]: Layer, padding?: number): Ref {
		const [kh, kw] = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
		const [y, side] = stride === 2 ? [0, 0] : [(kh - 1) / 2, (kw - 1) / 2];
		return convBnRelu(this.#net, id, x, {
			outChannels,
			kernelSize,
			stride,
			padding: padding ?? { top: y, bottom: y, left: side, right: side },
			epsilon: 1e-3
		});
	}

	branch(id: string, x: Ref, layers: readonly Layer[]): Ref {
		return layers.reduce((from, layer, i) => this.layer(`${id}_${i + 1}`, from, layer), x);
	}

	/** Branches side by side; the one named `pool` begins with a pool, and where none is, the pool is a branch of its own. */
	module(
		name: string,
		x: Ref,
		pool: 'avg' | 'max',
		branches: Readonly<Record<string, readonly Layer[]>>
	): Ref {
		const block = `mixed_${name}`;
		return this.#net.block(block, 'inception', () => {
			const outputs = Object.entries(branches).map(([branch, layers]) =>
				this.branch(`${block}/${branch}`, branch === 'pool' ? this.#pool(block, x, pool) : x, layers)
			);
			if (pool === 'max') outputs.push(this.#pool(block, x, pool));
			return this.#net.concat(`${block}/concat`, outputs);
		});
	}

	/** The modules at the end, that split their 3×3 into 1×3 and 3×1 side by side. */
	wideModule(name: string, x: Ref): Ref {
		const block = `mixed_${name}`;
		return this.#net.block(block, 'inception', () => {
			const id = (part: string) => `${block}/${part}`;
			const split = (branch: string, from: Ref) =>
				this.#net.concat(id(`${branch}_concat`), [
					this.layer(id(`${branch}_a`), from, [384, [1, 3]]),
					this.layer(id(`${branch}_b`), from, [384, [3, 1]])
				]);
			return this.#net.concat(id('concat'), [
				this.branch(id('1x1'), x, [[320, 1]]),
				split('3x3', this.branch(id('3x3'), x, [[384, 1]])),
				split(
					'3x3dbl',
					this.branch(id('3x3dbl'), x, [
						[448, 1],
						[384, 3]
					])
				),
				this.branch(id('pool'), this.#pool(block, x, 'avg'), [[192, 1]])
			]);
		});
	}

	#pool(block: string, x: Ref, kind: 'avg' | 'max'): Ref {
		return kind === 'max'
			? this.#net.maxPool(`${block}/pool`, x, { kernelSize: 3, stride: 2 })
			: this.#net.avgPool(`${block}/pool`, x, { kernelSize: 3, stride: 1, padding: 1, countPadding: true });
	}
}
