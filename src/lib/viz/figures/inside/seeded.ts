import {
	type Graph,
	GraphBuilder,
	randomNumbers,
	randomWeights,
	resolveGraph,
	type ResolvedGraph,
	runGraph
} from '$lib/nets';
import { tensor } from '$lib/ops';
import type { InsideSource } from './insideSource';

/** A small network with a layer of every kind that the four networks have. */
export function seededGraph(size = 24): Graph {
	const net = new GraphBuilder('Small', [size, size, 3]);
	const conv = (id: string, x: string, options: Parameters<GraphBuilder['conv2d']>[2]) =>
		net.relu(`${id}_relu`, net.batchNorm(`${id}_bn`, net.conv2d(id, x, { ...options, bias: false })));
	let x = net.block('stem', 'stem', () => {
		const stem = conv('conv1', net.input, { outChannels: 12, kernelSize: 3, stride: 2, padding: 'same' });
		return net.maxPool('pool1', stem, { kernelSize: 3, stride: 2, padding: 'same' });
	});
	x = net.block('unit1', 'shuffleUnit', () => {
		const first = net.conv2d('gconv1', x, { outChannels: 12, kernelSize: 1, groups: 3 });
		const shuffled = net.op('channelShuffle', 'shuffle1', first, { groups: 3 });
		const deep = net.depthwiseConv2d('dw1', shuffled, { kernelSize: 3, padding: 'same' });
		return net.relu('add1_relu', net.add('add1', [x, deep]));
	});
	x = net.block('fire2', 'fire', () => {
		const squeezed = net.relu('squeeze_relu', net.conv2d('squeeze', x, { outChannels: 6, kernelSize: 1 }));
		const narrow = net.conv2d('expand1', squeezed, { outChannels: 8, kernelSize: 1 });
		const wide = net.conv2d('expand3', squeezed, { outChannels: 8, kernelSize: 3, padding: 1 });
		return net.op('relu6', 'expand_relu6', net.concat('concat', [narrow, wide]), {});
	});
	const averaged = net.avgPool('avg', x, { kernelSize: 2, stride: 1, padding: 'same' });
	return net.build(
		net.block('classifier', 'classifier', () =>
			net.softmax('prob', net.dense('fc', net.globalAvgPool('pool', averaged), { outChannels: 10 }))
		)
	);
}

/** A picture of two seeded blobs on a slope. */
export function seededPicture(height: number, width: number, seed: number): InsideSource['picture'] {
	const random = randomNumbers(`picture ${String(seed)}`);
	const blobs = Array.from({ length: 2 }, () => ({
		y: random() * height,
		x: random() * width,
		reach: (0.15 + 0.15 * random()) * height,
		colour: [random(), random(), random()] as const
	}));
	const data = new Uint8ClampedArray(height * width * 4);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			for (let c = 0; c < 3; c++) {
				let value = 60 + (100 * (x + y * (c - 1))) / (width + height);
				for (const { y: by, x: bx, reach, colour } of blobs)
					value += 180 * (colour[c]! - 0.3) * Math.exp(-((y - by) ** 2 + (x - bx) ** 2) / reach ** 2);
				data[4 * (y * width + x) + c] = value;
			}
			data[4 * (y * width + x) + 3] = 255;
		}
	}
	return { height, width, data };
}

/**
 * A source that runs a small graph by the reference implementation, with seeded random weights: for the gallery, and for
 * tests, in 32-bit numbers as an engine gives them.
 */
export function seededSource(graph: Graph = seededGraph(), seed = 1): InsideSource {
	const network: ResolvedGraph = resolveGraph(graph);
	const [height, width, channels] = network.tensors[0]!.shape;
	const picture = seededPicture(height, width, seed);
	const input = tensor(
		network.tensors[0]!.shape,
		Float64Array.from(
			{ length: height * width * channels },
			(_, i) => (picture.data[Math.floor(i / channels) * 4 + (i % channels)]! - 127.5) / 127.5
		)
	);
	const weights = randomWeights(network, seed);
	const values = runGraph(network, [input], weights);
	return {
		network,
		picture,
		channelOrder: 'rgb',
		trained: false,
		isOnIntegers: false,
		labels: null,
		activation: (ref) => {
			const { shape, data } = values[network.byRef.get(ref)!.index]!;
			return Promise.resolve({ shape, data: Float32Array.from(data) });
		},
		weight: (node, name) => {
			const { shape, data } = weights[node]![name]!;
			return Promise.resolve({ shape, data: Float32Array.from(data) });
		}
	};
}
