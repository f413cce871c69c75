import { checkInputs, checkPair, type Pair, type Size } from './check';
import { formatValue, OpError } from './errors';
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
import { costOf, dataOf, sizeOf, weightData, zeros } from './tensor';
import { type Tap, traceBy } from './trace';
import type { Cell, Geometry, Operator, Shape, Some, Tensor, Weights, WeightUse } from './types';
import {
	AXIS_NAMES,
	type Cover,
	coversOf,
	type Placement,
	resolvePlacement,
	windowFields,
	type WindowOptions
} from './window';

/** As of a convolution; `padding` crops the output (`'same'`: to `size * stride`). */
export interface TransposedConv2dOptions extends WindowOptions, FilterOptions {
	/**
	 * Rows below and columns to the right that the output has more, as in PyTorch: of the sizes that a strided convolution
	 * rounds down to one, it picks which to come back to. Less than the stride or the dilation; 0 by default.
	 */
	readonly outputPadding?: Size;
}

/** `padding` is what the output loses on each side (less than 0 where `outputPadding` adds to it); `outputSize` is what is left. */
export interface TransposedConv2dGeometry extends Geometry, Placement, Filters {
	/** What lands on each output row: input rows (`window`) and the kernel's rows (`tap`) that they are multiplied by. */
	readonly landingRows: readonly (readonly Cover[])[];
	/** The same for columns. */
	readonly landingColumns: readonly (readonly Cover[])[];
	/**
	 * First step at grain `multiply` of each output row within an output channel, and at the end the number of steps.
	 * Positions have different numbers of taps; one that nothing lands on has a single step without a term.
	 */
	readonly rowStarts: readonly number[];
	/** For each output column, and beyond the last, how much lands on the columns before it, and how many are empty. */
	readonly columnTaps: readonly number[];
	readonly emptyColumns: readonly number[];
	/** Products of one pair of channels that land on the output. */
	readonly landing: number;
	/** Products of one pair of channels that would land on what `padding` crops; they are not computed. */
	readonly cropped: number;
}

/**
 * Transposed convolution: each input value puts the kernel, times itself, on the output, `stride` apart; what overlaps adds
 * up. The trace goes by output value: its taps are what lands on it. MACs count the products that land on the output; where
 * `padding` crops, frameworks' counters (`height * width * kh * kw * …`) count the `cropped` ones too.
 *
 * Weights: `kernel` `[kh, kw, inChannels / groups, outChannels]`, as of a convolution from the same input to the same
 * output (TensorFlow has the last two the other way round), and `bias` `[outChannels]`.
 */
export const transposedConv2d: Operator<TransposedConv2dOptions, TransposedConv2dGeometry> = {
	kind: 'transposedConv2d',
	traits: { role: 'transposed', channels: 'grouped', form: 'sum' },
	fields: { ...windowFields, ...filterFields, outputPadding: 'size?' },

	geometry(inputs, options) {
		checkInputs('transposedConv2d', inputs, 1);
		const shape = inputs[0];
		const window = resolveStamps(shape, options);
		const filters = resolveFilters(shape[2], options);
		const outputs: Some<Shape> = [[...window.outputSize, filters.outChannels]];
		return { ...window, ...filters, inputs, outputs, ...dealSteps(shape, window, filters) };
	},

	weights: filterWeights,
	run: (inputs, weights, g) => [stamp(dataOf(inputs, 0), weights, g)],

	...traceBy<TransposedConv2dGeometry>({
		taps: (g, { y, x }) => g.landingRows[y]!.length * g.landingColumns[x]!.length * g.inChannelsPerGroup,
		tap: tapOf,
		order: {
			stepCount: (g) => stepsPerChannel(g) * g.outChannels,
			locate(g, n) {
				const steps = stepsPerChannel(g);
				const step = n % steps;
				const y = lastAtMost(step, g.outputSize[0], (row) => g.rowStarts[row]!);
				const x = lastAtMost(step, g.outputSize[1], (column) => stepsBefore(g, y, column));
				const output = { tensor: 0, y, x, channel: Math.floor(n / steps) };
				if (output.channel >= g.outChannels) throw new RangeError(`there is no step ${n}`);
				return { output, tap: step - stepsBefore(g, y, x) };
			},
			stepOf: (g, { y, x, channel }) => channel * stepsPerChannel(g) + stepsBefore(g, y, x)
		},
		bias: biasOf
	}),

	cost(g) {
		return costOf(g, filterWeights(g), {
			macs: g.landing * g.inChannelsPerGroup * g.outChannels,
			otherOps: g.bias ? sizeOf(g.outputSize) * g.outChannels : 0
		});
	},

	spatial({ kernelSize, stride, dilation, padding }) {
		return { kind: 'transposed', kernelSize, stride, dilation, padding: [padding.top, padding.left] };
	},

	channelsRead: (g, output) => [channelsOfFilter(g, output.channel)],

	feeds(g, input) {
		const { start, count } = filtersOfChannel(g, input.channel);
		const cells: Cell[] = [];
		for (let channel = start; channel < start + count; channel++) {
			for (let ky = 0; ky < g.kernelSize[0]; ky++) {
				for (let kx = 0; kx < g.kernelSize[1]; kx++) {
					const cell = targetOf(g, input, ky, kx, channel);
					if (cell) cells.push(cell);
				}
			}
		}
		return cells;
	},

	weightFeeds(g, weight) {
		const { ky, kx, i, outChannel } = kernelPosition(g, weight);
		const [height, width] = g.inputs[0];
		const channel = channelsOfFilter(g, outChannel).start + i;
		const uses: WeightUse[] = [];
		for (let position = 0; position < height * width; position++) {
			const input: Cell = { tensor: 0, y: Math.floor(position / width), x: position % width, channel };
			const output = targetOf(g, input, ky, kx, outChannel);
			if (output) uses.push({ output, input });
		}
		return uses;
	}
};

/** Most rows or columns of an output, since the geometry lists what lands on each. */
const LARGEST = 4096;

/** How the kernel is put down. Throws an `OpError` where the padding crops all of the output. */
function resolveStamps(shape: Shape, options: TransposedConv2dOptions): Placement {
	const outputPadding = checkPair('outputPadding', options.outputPadding ?? 0, 0);
	return resolvePlacement(options, ({ axis, kernelSize, span, stride, dilation, padding }) => {
		const more = outputPadding[axis];
		const most = Math.max(stride, dilation) - 1;
		if (padding === 'same' && more > 0) throw outputPaddingOfSame(axis, outputPadding);
		if (more > most) throw outputPaddingTooLarge(axis, outputPadding, most);
		const full = (shape[axis] - 1) * stride + span;
		const largest = Math.max(full, shape[axis] * stride);
		if (largest > LARGEST) throw outputTooLarge(axis, kernelSize, stride, largest);
		if (padding === 'same') {
			const crop = Math.max(0, span - stride);
			return { before: Math.floor(crop / 2), after: Math.ceil(crop / 2), output: shape[axis] * stride };
		}
		const [before, after] = padding === 'valid' ? [0, 0] : padding;
		if (before + after >= full + more) throw cropTooLarge(axis, options.padding, before + after, full);
		return { before, after: after - more, output: full - before - after + more };
	});
}

/** Keras then pads in another way than without output padding, by half the kernel. */
function outputPaddingOfSame(axis: 0 | 1, value: Pair): OpError {
	return new OpError({
		code: 'outputPadding',
		argument: 'outputPadding',
		value,
		valid: [0],
		params: { axis: AXIS_NAMES[axis], value: value[axis], max: 0, padding: 'same' },
		message: `outputPadding = ${value[axis]} does not go with padding = "same", which sets the size of the output by itself; 0, or a padding in numbers, would do`
	});
}

function outputPaddingTooLarge(axis: 0 | 1, value: Pair, max: number): OpError {
	return new OpError({
		code: 'outputPadding',
		argument: 'outputPadding',
		value,
		valid: [max],
		params: { axis: AXIS_NAMES[axis], value: value[axis], max },
		message: `outputPadding = ${value[axis]} is not less than the stride or the dilation along the ${AXIS_NAMES[axis]}; at most ${max} would do`
	});
}

function outputTooLarge(axis: 0 | 1, kernelSize: number, stride: number, size: number): OpError {
	const what = axis === 0 ? 'rows' : 'columns';
	return new OpError({
		code: 'outputTooLarge',
		argument: 'stride',
		value: stride,
		valid: [],
		params: { axis: AXIS_NAMES[axis], kernelSize, size, max: LARGEST },
		message: `stride = ${stride} with kernelSize = ${kernelSize} makes ${size} ${what} of output; at most ${LARGEST} would do`
	});
}

function cropTooLarge(axis: 0 | 1, padding: unknown, crop: number, size: number): OpError {
	const [sides, what] = axis === 0 ? ['top and bottom', 'rows'] : ['left and right', 'columns'];
	const max = Math.floor((size - 1) / 2);
	return new OpError({
		code: 'cropTooLarge',
		argument: 'padding',
		value: padding,
		valid: [max],
		params: { axis: AXIS_NAMES[axis], crop, size, max },
		message: `padding = ${formatValue(padding)} crops ${crop} ${what} at ${sides} and leaves none of the output's ${size}; at most ${max} on each side would`
	});
}

/** Finds what lands on each output row and column, and deals out the steps. */
function dealSteps(shape: Shape, placement: Placement, filters: Filters) {
	const along = (axis: 0 | 1) =>
		Array.from({ length: placement.outputSize[axis] }, (_, i) => coversOf(placement, axis, i, shape[axis]));
	const landingRows = along(0);
	const landingColumns = along(1);
	const columnTaps = cumulate(landingColumns, (column) => column.length);
	const emptyColumns = cumulate(landingColumns, (column) => (column.length === 0 ? 1 : 0));
	const inColumns = columnTaps.at(-1)!;
	const rowStarts = cumulate(landingRows, ({ length }) =>
		length === 0
			? landingColumns.length
			: length * inColumns * filters.inChannelsPerGroup + emptyColumns.at(-1)!
	);
	const landing = landingRows.reduce((sum, row) => sum + row.length, 0) * inColumns;
	const cropped = shape[0] * shape[1] * sizeOf(placement.kernelSize) - landing;
	return { landingRows, landingColumns, rowStarts, columnTaps, emptyColumns, landing, cropped };
}

/** Sums of what comes before each item, and of all. */
function cumulate<T>(items: readonly T[], amount: (item: T) => number): number[] {
	const sums = [0];
	for (const item of items) sums.push(sums.at(-1)! + amount(item));
	return sums;
}

function stepsPerChannel(g: TransposedConv2dGeometry): number {
	return g.rowStarts.at(-1)!;
}

/** Number of steps of an output channel before those of the position. */
function stepsBefore(g: TransposedConv2dGeometry, y: number, x: number): number {
	const inRow = g.landingRows[y]!.length * g.inChannelsPerGroup;
	return g.rowStarts[y]! + (inRow === 0 ? x : inRow * g.columnTaps[x]! + g.emptyColumns[x]!);
}

/** The last index below `length` whose value is at most `n`; the values ascend from 0. */
function lastAtMost(n: number, length: number, valueAt: (index: number) => number): number {
	let low = 0;
	let high = length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (valueAt(middle) <= n) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** Tap `n` of an output value: input channel outermost, then the kernel's row, then its column. */
function tapOf(g: TransposedConv2dGeometry, output: Cell, n: number): Tap {
	const rows = g.landingRows[output.y]!;
	const columns = g.landingColumns[output.x]!;
	const column = columns[n % columns.length]!;
	const row = rows[Math.floor(n / columns.length) % rows.length]!;
	const i = Math.floor(n / (rows.length * columns.length));
	return {
		at: {
			tensor: 0,
			y: row.window,
			x: column.window,
			channel: channelsOfFilter(g, output.channel).start + i
		},
		weight: kernelIndex(g, row.tap, column.tap, i, output.channel)
	};
}

/** Where the product of an input value and the kernel's value at `ky`, `kx` lands; `null` on what is cropped. */
function targetOf(
	g: TransposedConv2dGeometry,
	input: Pick<Cell, 'y' | 'x'>,
	ky: number,
	kx: number,
	channel: number
): Cell | null {
	const [rows, columns] = g.outputSize;
	const y = input.y * g.stride[0] - g.padding.top + ky * g.dilation[0];
	const x = input.x * g.stride[1] - g.padding.left + kx * g.dilation[1];
	return y >= 0 && y < rows && x >= 0 && x < columns ? { tensor: 0, y, x, channel } : null;
}

/** Adds in the order of the trace, so that both give the same bits. */
function stamp(x: Float64Array, weights: Weights, g: TransposedConv2dGeometry): Tensor {
	const kernel = weightData(weights, 'kernel');
	const [, width, inChannels] = g.inputs[0];
	const [rows, columns] = g.outputSize;
	const filters = g.outChannelsPerGroup;
	const output = zeros<Shape>([rows, columns, g.outChannels]);
	const y = output.data;
	for (let position = 0; position < rows * columns; position++) {
		const landingRows = g.landingRows[Math.floor(position / columns)]!;
		const landingColumns = g.landingColumns[position % columns]!;
		for (let c = 0; c < inChannels; c++) {
			const { start } = filtersOfChannel(g, c);
			for (const row of landingRows) {
				for (const column of landingColumns) {
					const value = x[(row.window * width + column.window) * inChannels + c]!;
					const w = kernelIndex(g, row.tap, column.tap, c % g.inChannelsPerGroup, start);
					const o = position * g.outChannels + start;
					for (let f = 0; f < filters; f++) y[o + f]! += value * kernel[w + f]!;
				}
			}
		}
	}
	addBias(y, weights, g);
	return output;
}
