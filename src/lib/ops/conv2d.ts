import { checkInputs } from './check';
import {
	addBias,
	biasOf,
	channelsOfFilter,
	filterFields,
	type FilterOptions,
	type Filters,
	filtersOfChannel,
	filterWeights,
	kernelIndex,
	kernelPosition,
	resolveFilters
} from './filters';
import { costOf, dataOf, isInside, sizeOf, weightData, zeros } from './tensor';
import { type Tap, traceBy } from './trace';
import type { Cell, Geometry, Operator, Shape, Tensor, Weights } from './types';
import { coversOf, resolveWindow, type Window, windowFields, windowMap, type WindowOptions } from './window';

/** `stride`, `dilation` and `groups` are 1, `padding` is `'valid'` and `bias` is true by default. */
export interface Conv2dOptions extends WindowOptions, FilterOptions {}

/** A window, and filters over the channels of their group. */
export interface Conv2dGeometry extends Geometry, Window, Filters {
	/** Taps of one output value, those on padding included: `kh * kw * inChannelsPerGroup`. */
	readonly taps: number;
}

/**
 * Convolution (cross-correlation, as in every framework). By its numbers it is
 * - standard: `groups` = 1,
 * - pointwise: `kernelSize` = 1,
 * - grouped: `groups` > 1,
 * - depthwise: `groups` = `inChannels` and `outChannels` = `inChannels * channelMultiplier`.
 *
 * Weights: `kernel` `[kh, kw, inChannels / groups, outChannels]`, `bias` `[outChannels]`.
 */
export const conv2d: Operator<Conv2dOptions, Conv2dGeometry> = {
	kind: 'conv2d',
	traits: { role: 'convolution', channels: 'grouped', form: 'sum' },
	fields: { ...windowFields, ...filterFields },

	geometry(inputs, options) {
		checkInputs('conv2d', inputs, 1);
		const shape = inputs[0];
		const window = resolveWindow(shape, options);
		const filters = resolveFilters(shape[2], options);
		return {
			...window,
			...filters,
			inputs,
			outputs: [[...window.outputSize, filters.outChannels]],
			taps: sizeOf(window.kernelSize) * filters.inChannelsPerGroup
		};
	},

	weights: filterWeights,
	run: (inputs, weights, g) => [convolve(dataOf(inputs, 0), weights, g)],

	...traceBy<Conv2dGeometry>({
		taps: (g) => g.taps,
		tap: tapOf,
		bias: biasOf
	}),

	cost(g) {
		const values = sizeOf(g.outputSize) * g.outChannels;
		return costOf(g, filterWeights(g), { macs: values * g.taps, otherOps: g.bias ? values : 0 });
	},

	spatial: windowMap,
	channelsRead: (g, output) => [channelsOfFilter(g, output.channel)],

	feeds(g, input) {
		const rows = coversOf(g, 0, input.y, g.outputSize[0]);
		const columns = coversOf(g, 1, input.x, g.outputSize[1]);
		const { start, count } = filtersOfChannel(g, input.channel);
		const cells: Cell[] = [];
		for (let channel = start; channel < start + count; channel++) {
			for (const row of rows) {
				for (const column of columns) cells.push({ tensor: 0, y: row.window, x: column.window, channel });
			}
		}
		return cells;
	},

	weightFeeds(g, weight) {
		const { ky, kx, i, outChannel } = kernelPosition(g, weight);
		const tap = (i * g.kernelSize[0] + ky) * g.kernelSize[1] + kx;
		const [rows, columns] = g.outputSize;
		return Array.from({ length: rows * columns }, (_, position) => {
			const output: Cell = {
				tensor: 0,
				y: Math.floor(position / columns),
				x: position % columns,
				channel: outChannel
			};
			const { at } = tapOf(g, output, tap);
			return { output, input: isInside(g.inputs[0], at) ? at : null };
		});
	}
};

/** Tap `n` of an output value: input channel outermost, then the kernel's row, then its column. */
function tapOf(g: Conv2dGeometry, output: Cell, n: number): Tap {
	const [kh, kw] = g.kernelSize;
	const kx = n % kw;
	const ky = Math.floor(n / kw) % kh;
	const i = Math.floor(n / (kh * kw));
	return {
		at: {
			tensor: 0,
			y: output.y * g.stride[0] - g.padding.top + ky * g.dilation[0],
			x: output.x * g.stride[1] - g.padding.left + kx * g.dilation[1],
			channel: channelsOfFilter(g, output.channel).start + i
		},
		weight: kernelIndex(g, ky, kx, i, output.channel)
	};
}

/** Adds in the order of the trace, so that both give the same bits. */
function convolve(x: Float64Array, weights: Weights, g: Conv2dGeometry): Tensor {
	const kernel = weightData(weights, 'kernel');
	const [height, width, inChannels] = g.inputs[0];
	const [kh, kw] = g.kernelSize;
	const [rows, columns] = g.outputSize;
	const filters = g.outChannelsPerGroup;
	const output = zeros<Shape>([rows, columns, g.outChannels]);
	const y = output.data;
	for (let position = 0; position < rows * columns; position++) {
		const top = Math.floor(position / columns) * g.stride[0] - g.padding.top;
		const left = (position % columns) * g.stride[1] - g.padding.left;
		for (let c = 0; c < inChannels; c++) {
			const { start } = filtersOfChannel(g, c);
			const o = position * g.outChannels + start;
			for (let ky = 0; ky < kh; ky++) {
				const row = top + ky * g.dilation[0];
				if (row < 0 || row >= height) continue;
				for (let kx = 0; kx < kw; kx++) {
					const column = left + kx * g.dilation[1];
					if (column < 0 || column >= width) continue;
					const value = x[(row * width + column) * inChannels + c]!;
					const w = kernelIndex(g, ky, kx, c % g.inChannelsPerGroup, start);
					for (let f = 0; f < filters; f++) y[o + f]! += value * kernel[w + f]!;
				}
			}
		}
	}
	addBias(y, weights, g);
	return output;
}
