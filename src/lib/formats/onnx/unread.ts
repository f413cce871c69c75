import { isByValue } from '../../ops';
import { shapeOfView } from '../view';
import { axesIn, type Call, type Value } from './call';

/** The shapes of all outputs of an operator that is not read here, as {@link shapeOfUnread} has the only one. */
export function shapesOfUnread(call: Call): readonly (readonly number[] | null)[] {
	const { type, outputs } = call.node;
	const read = call.view(0);
	const shape = read && shapeOfView(read);
	if (shape && type === 'Split') {
		const at = inRange(call.int('axis', 0), shape);
		const size = shape[at] ?? 1;
		const even = Math.ceil(size / outputs.length);
		const sizes =
			call.list('split') ??
			call.constant(1)?.numbers() ??
			outputs.map((_, i) => Math.max(0, Math.min(even, size - i * even)));
		return sizes.map((part) => shape.with(at, part));
	}
	if (shape && type === 'TopK') {
		const k = call.constant(1)?.numbers()[0] ?? call.node.attributes.get('k')?.i;
		const made = k === undefined || k === null ? null : shape.with(inRange(call.int('axis', -1), shape), k);
		return outputs.map(() => made);
	}
	if (shape && shape.length === 3 && /^(LSTM|GRU|RNN)$/.test(type)) {
		const ways = call.text('direction', 'forward') === 'bidirectional' ? 2 : 1;
		const [steps, batch, size] = [shape[0]!, shape[1]!, call.int('hidden_size', 1)];
		if (call.int('layout', 0) !== 0) return [];
		return [[steps, ways, batch, size], ...outputs.slice(1).map(() => [ways, batch, size])];
	}
	return [shapeOfUnread(call)];
}

/** An axis counted from the first; those below 0 are counted from the last. */
const fromFirst = (axis: number, { length }: readonly number[]): number => (axis < 0 ? axis + length : axis);

const inRange = (axis: number, shape: readonly number[]): number =>
	Math.max(0, Math.min(shape.length - 1, fromFirst(axis, shape)));

/**
 * The shape that an operator gives which is not read here, by the rule of its kind: value by value, a window, padding, reductions.
 * `null` where there is none, or what it goes by is not known while the file is read.
 */
function shapeOfUnread(call: Call): readonly number[] | null {
	const { type } = call.node;
	const read = call.view(0);
	if (keeps.has(type) && read) return shapeOfView(read);
	if (isByValue(type)) return broadcast(call.inputs.filter((value) => value !== null));
	if (!read) return null;
	const shape = shapeOfView(read);
	if (/^(?:Reduce|Arg(?:Max|Min)$)/.test(type)) return reduced(call, shape);
	if (/^Global\w*Pool$/.test(type)) return shape.map((n, axis) => (axis < 2 ? n : 1));
	if (/Pool$/.test(type)) {
		const kernel = call.list('kernel_shape');
		return kernel && windowed(call, shape, kernel, shape[1] ?? 1);
	}
	if (type === 'Conv' || type === 'ConvInteger' || type === 'DeformConv') {
		const [channels, , ...kernel] = dimsOf(call.inputs[1]) ?? [];
		return channels === undefined ? null : windowed(call, shape, kernel, channels);
	}
	if (type === 'GatherElements') return dimsOf(call.inputs[1]);
	if (type === 'GridSample') {
		const places = dimsOf(call.inputs[1])?.slice(1, -1);
		return places ? [shape[0] ?? 1, shape[1] ?? 1, ...places] : null;
	}
	if (type === 'Pad') {
		const pads = call.list('pads') ?? call.constant(1)?.numbers();
		const axes = call.constant(3)?.numbers() ?? shape.map((_, axis) => axis);
		if (pads?.length !== 2 * axes.length) return null;
		return shape.map((n, axis) => {
			const at = axes.findIndex((given) => fromFirst(given, shape) === axis);
			return at < 0 ? n : n + pads[at]! + pads[at + axes.length]!;
		});
	}
	return null;
}

/** Operators that look at more than one value, and keep the shape all the same. */
const keeps = new Set([
	...['Softmax', 'LogSoftmax', 'Hardmax', 'CumSum', 'LRN', 'BatchNormalization', 'InstanceNormalization'],
	...['LayerNormalization', 'GroupNormalization', 'RMSNormalization', 'MeanVarianceNormalization'],
	...['LpNormalization', 'ReverseSequence', 'Trilu', 'Dropout', 'SimplifiedLayerNormalization', 'Scatter'],
	...['ScatterND', 'ScatterElements', 'DynamicQuantizeLinear', 'QuantizeLinear', 'DequantizeLinear', 'Cast'],
	...['BiasGelu', 'FastGelu', 'QuickGelu']
]);

const dimsOf = (value: Value | null | undefined): readonly number[] | null =>
	value?.kind === 'view' ? shapeOfView(value) : (value?.dims ?? null);

function broadcast(values: readonly Value[]): readonly number[] {
	const shapes = values.map((value) => dimsOf(value)!);
	const rank = Math.max(0, ...shapes.map(({ length }) => length));
	return Array.from({ length: rank }, (_, i) =>
		Math.max(1, ...shapes.map((dims) => dims[i - rank + dims.length] ?? 1))
	);
}

function reduced(call: Call, shape: readonly number[]): readonly number[] | null {
	const isArg = call.node.type.startsWith('Arg');
	// Axes that are computed are not known; none at all are every one.
	if (!isArg && (call.node.inputs[1] ?? '') !== '' && !call.constant(1)) return null;
	const given = isArg ? [call.int('axis', 0)] : axesIn(call);
	if (given?.length === 0 && call.int('noop_with_empty_axes', 0) === 1) return shape;
	const axes =
		given === null || given.length === 0
			? shape.map((_, axis) => axis)
			: given.map((axis) => fromFirst(axis, shape));
	const keeps = call.int('keepdims', 1) === 1;
	return shape
		.map((n, axis) => (axes.includes(axis) ? 1 : n))
		.filter((_, axis) => keeps || !axes.includes(axis));
}

/** What a window leaves of the axes behind batch and channels. */
function windowed(
	call: Call,
	shape: readonly number[],
	kernel: readonly number[],
	channels: number
): readonly number[] | null {
	const auto = call.text('auto_pad', 'NOTSET');
	const pads = auto === 'NOTSET' ? (call.list('pads') ?? []) : [];
	const round = call.int('ceil_mode', 0) === 1 ? Math.ceil : Math.floor;
	const along = shape.slice(2).map((size, axis) => {
		const stride = call.list('strides')?.[axis] ?? 1;
		if (auto.startsWith('SAME')) return Math.ceil(size / stride);
		const span = ((kernel[axis] ?? 1) - 1) * (call.list('dilations')?.[axis] ?? 1) + 1;
		const padded = size + (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0);
		return round((padded - span) / stride) + 1;
	});
	return along.every((n) => n >= 1) ? [shape[0] ?? 1, channels, ...along] : null;
}
