import { GraphBuilder, type Graph, type Ref } from '../nets';
import type { BlockSpec } from '../nets/blocks';
import { placeBlock } from '../nets/blocks/build';
import { pictureSize } from './task';

/** The ways of convolving that learn side by side. */
export const ways = [
	'standard',
	'pointwise',
	'depthwise',
	'separable',
	'pointwiseFirst',
	'group',
	'groupShuffle'
] as const;
export type Way = (typeof ways)[number];

/** The backbone, alike for all ways. */
export interface Backbone {
	/** Channels of a picture. */
	readonly channels: number;
	/** Channels of each layer, a multiple of those of a picture. */
	readonly width: number;
	/** Layers, 1 to 4. */
	readonly depth: number;
	/** Groups of the ways that have any. */
	readonly groups: number;
	/** Whether a batch norm follows each convolution. */
	readonly norm: boolean;
}

/** PyTorch's. */
const epsilon = 1e-5;

/**
 * One small network: `depth` layers, global average pooling, and one number, whose sign is the
 * answer. No layer before, between or behind is there that could bring channels together, so that only the way of convolving decides.
 * The ways have no padding, so their maps shrink; a block keeps that of its editor, without which its branches would not fit together,
 * and so its maps.
 * @param way one of the seven, or a block of the reader's own
 * @throws {BlockError} where an own block does not fit
 */
export function trainingGraph(way: Way | BlockSpec, backbone: Backbone): Graph {
	const net = new GraphBuilder('', [pictureSize, pictureSize, backbone.channels]);
	let x: Ref = net.input;
	for (let i = 0; i < backbone.depth; i++) {
		x = net.block(`layer${i + 1}`, null, (path) => {
			const at = { net, path, x, ...backbone };
			if (typeof way === 'string') return layers[way](at);
			return placeBlock(net, x, way, { prefix: `${path}/`, outChannels: backbone.width, projects: true });
		});
	}
	return net.build(net.dense('answer', net.globalAvgPool('pool', x), { outChannels: 1 }));
}

interface At extends Backbone {
	readonly net: GraphBuilder;
	readonly path: string;
	readonly x: Ref;
}

const layers: Readonly<Record<Way, (at: At) => Ref>> = {
	standard: (at) => active(at, convolved(at, 'conv', at.x, { kernelSize: 3 })),
	pointwise: (at) => active(at, convolved(at, 'pw', at.x, { kernelSize: 1 })),
	depthwise: (at) => active(at, convolved(at, 'dw', at.x, { kernelSize: 3, groups: at.net.channels(at.x) })),
	separable(at) {
		const groups = at.net.channels(at.x);
		const depthwise = convolved(at, 'dw', at.x, {
			kernelSize: 3,
			groups,
			outChannels: groups
		});
		return active(at, convolved(at, 'pw', depthwise, { kernelSize: 1 }));
	},
	pointwiseFirst(at) {
		const pointwise = convolved(at, 'pw', at.x, { kernelSize: 1 });
		return active(at, convolved(at, 'dw', pointwise, { kernelSize: 3, groups: at.width }));
	},
	group: (at) => active(at, convolved(at, 'gconv', at.x, { kernelSize: 3, groups: at.groups })),
	groupShuffle: (at) =>
		at.net.op('channelShuffle', `${at.path}/shuffle`, layers.group(at), { groups: at.groups })
};

/** A convolution without bias where a batch norm follows, which would take it out again. */
function convolved(
	{ net, path, width, norm }: At,
	name: string,
	x: Ref,
	{
		kernelSize,
		groups = 1,
		outChannels = width
	}: {
		readonly kernelSize: 1 | 3;
		readonly groups?: number;
		readonly outChannels?: number;
	}
): Ref {
	const conv = net.conv2d(`${path}/${name}`, x, {
		...{ outChannels, kernelSize, groups },
		bias: !norm
	});
	return norm ? net.batchNorm(`${path}/${name}_bn`, conv, { epsilon }) : conv;
}

function active({ net, path }: At, x: Ref): Ref {
	return net.relu(`${path}/relu`, x);
}
