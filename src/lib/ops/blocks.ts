import { checkFlag, checkWhole } from './check';
import { formatValue, OpError } from './errors';
import { cellIndex, cellAt, costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Cell, Fields, Geometry, Operator, Shape, SpatialMap } from './types';

export interface BlockOptions {
	readonly blockSize: number;
}

export interface BlockGeometry extends Geometry {
	readonly blockSize: number;
	/** Channels of the tensor that has the positions: `depth / blockSize ** 2` of the other's. */
	readonly channels: number;
	/** How channels of the deep tensor are numbered: by place in the block and then by channel, or the other way round. */
	readonly blockLast: boolean;
}

/** Makes an operator that moves values between positions and channels; `wide` and `deep` are inverses of each other. */
export function blockMover<Options extends BlockOptions>(
	kind: string,
	fields: Fields<Options>,
	geometry: Operator<Options, BlockGeometry>['geometry'],
	source: (g: BlockGeometry, output: Cell) => Cell,
	target: (g: BlockGeometry, input: Cell) => Cell,
	spatial: (window: Omit<Extract<SpatialMap, { kind: 'window' }>, 'kind'>) => SpatialMap
): Operator<Options, BlockGeometry> {
	return {
		kind,
		traits: { role: 'rearrange', channels: 'grouped', form: 'copy' },
		fields,
		geometry,
		weights: () => [],
		run(inputs, _, g) {
			const x = dataOf(inputs, 0);
			const output = zeros<Shape>(g.outputs[0]!);
			for (let i = 0; i < output.data.length; i++)
				output.data[i] = x[cellIndex(g.inputs[0], source(g, cellAt(output.shape, i)))]!;
			return [output];
		},
		...traceBy<BlockGeometry>({
			taps: () => 1,
			tap: (g, output) => ({ at: source(g, output), weight: null })
		}),
		cost: (g) => costOf(g, [], { macs: 0, otherOps: 0 }),
		spatial: ({ blockSize: b }) =>
			spatial({ kernelSize: [b, b], stride: [b, b], dilation: [1, 1], padding: [0, 0] }),
		channelsRead(g, { channel }) {
			const block = Array.from({ length: sizeOf([g.blockSize, g.blockSize]) }, (_, place) => {
				const output = { tensor: 0, y: Math.floor(place / g.blockSize), x: place % g.blockSize, channel };
				return source(g, output).channel;
			});
			return [...new Set(block)].map((start) => ({ tensor: 0, start, count: 1 }));
		},
		feeds: (g, input) => [target(g, input)]
	};
}

/** A cell of the wide tensor for one of the deep tensor. */
export function wideCell(
	{ blockSize: b, channels, blockLast }: BlockGeometry,
	{ y, x, channel }: Cell
): Cell {
	const place = blockLast ? channel % (b * b) : Math.floor(channel / channels);
	const own = blockLast ? Math.floor(channel / (b * b)) : channel % channels;
	return { tensor: 0, y: y * b + Math.floor(place / b), x: x * b + (place % b), channel: own };
}

/** Inverse of {@link wideCell}. */
export function deepCell(
	{ blockSize: b, channels, blockLast }: BlockGeometry,
	{ y, x, channel }: Cell
): Cell {
	const place = (y % b) * b + (x % b);
	const deep = blockLast ? channel * b * b + place : place * channels + channel;
	return { tensor: 0, y: Math.floor(y / b), x: Math.floor(x / b), channel: deep };
}

export function checkBlock(options: BlockOptions & { readonly blockLast?: boolean }) {
	return {
		blockSize: checkWhole('blockSize', options.blockSize, 1),
		blockLast: checkFlag('blockLast', options.blockLast ?? false)
	};
}

/** Error for a block that does not divide what it has to. */
export function blockDoesNotDivide(kind: string, blockSize: number, of: string, total: number): OpError {
	return new OpError({
		code: 'block',
		argument: 'blockSize',
		value: blockSize,
		valid: [1],
		params: { of, total, block: blockSize },
		message: `blockSize = ${formatValue(blockSize)} does not fit ${of} = ${total}, which ${kind} divides by it`
	});
}
