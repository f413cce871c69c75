import { checkPair, checkWhole, type Pair, type Size } from './check';
import { formatValue, OpError } from './errors';
import type { Fields, Shape, SpatialMap } from './types';

/** Rows or columns of padding on each side. */
export interface Sides {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

/** None; TensorFlow's rule that keeps `ceil(size / stride)`, the odd pixel below and to the right; or explicit. */
export type Padding = 'valid' | 'same' | number | Sides;

/** The options of every operator that slides a window. */
export interface WindowOptions {
	readonly kernelSize: Size;
	readonly stride?: Size;
	readonly padding?: Padding;
	readonly dilation?: Size;
}

export const windowFields: Fields<WindowOptions> = {
	kernelSize: 'size',
	stride: 'size?',
	padding: 'padding?',
	dilation: 'size?'
};

/** How a kernel is placed, all sizes resolved. */
export interface Placement {
	readonly kernelSize: Pair;
	readonly stride: Pair;
	readonly dilation: Pair;
	/** Rows and columns from the first tap to the last: `(kernelSize - 1) * dilation + 1`. */
	readonly effectiveKernelSize: Pair;
	readonly padding: Sides;
	readonly outputSize: Pair;
}

/** How a window slides over an input. */
export interface Window extends Placement {
	/** Rows at the bottom and columns at the right of the input that no window reaches, since the stride does not divide. */
	readonly unread: { readonly rows: number; readonly columns: number };
}

/** What errors call the axes 0 and 1. */
export const AXIS_NAMES = ['height', 'width'] as const;
const SIDES = [
	['top', 'bottom'],
	['left', 'right']
] as const;

/** Padding before and after along one axis (0: height, 1: width). */
export function padsAlong(padding: Sides, axis: 0 | 1): Pair {
	const [before, after] = SIDES[axis];
	return [padding[before], padding[after]];
}

/**
 * Resolves explicit padding to its four sides.
 * @returns `'valid'` and `'same'` as they are, since these depend on the window.
 */
function checkPadding(padding: unknown): 'valid' | 'same' | Sides {
	if (padding === 'valid' || padding === 'same') return padding;
	return checkSides(padding);
}

/** Resolves padding of so many rows and columns to its four sides. */
export function checkSides(padding: unknown): Sides {
	if (typeof padding === 'number') {
		const side = checkWhole('padding', padding, 0);
		return { top: side, bottom: side, left: side, right: side };
	}
	if (isSides(padding)) {
		const side = (name: keyof Sides) => checkWhole('padding', padding[name], 0, `padding.${name}`);
		return { top: side('top'), bottom: side('bottom'), left: side('left'), right: side('right') };
	}
	throw new OpError({
		code: 'padding',
		argument: 'padding',
		value: padding,
		valid: ['valid', 'same'],
		message: `padding = ${formatValue(padding)} is none of "valid", "same", a whole number, { top, bottom, left, right }`
	});
}

function isSides(value: unknown): value is Sides {
	return typeof value === 'object' && value !== null && SIDES.flat().every((side) => side in value);
}

/** One axis of a placement to be resolved. */
export interface AxisOptions {
	readonly axis: 0 | 1;
	readonly kernelSize: number;
	readonly stride: number;
	readonly dilation: number;
	/** `(kernelSize - 1) * dilation + 1`. */
	readonly span: number;
	/** Before and after, where they are given. */
	readonly padding: 'valid' | 'same' | Pair;
}

/** Resolves the options of a kernel's placement; `along` finds padding and output size along one axis, or throws. */
export function resolvePlacement(
	options: WindowOptions,
	along: (axis: AxisOptions) => { before: number; after: number; output: number }
): Placement {
	const kernelSize = checkPair('kernelSize', options.kernelSize);
	const stride = checkPair('stride', options.stride ?? 1);
	const dilation = checkPair('dilation', options.dilation ?? 1);
	const padding = checkPadding(options.padding ?? 'valid');
	const resolve = (axis: 0 | 1) => {
		const span = (kernelSize[axis] - 1) * dilation[axis] + 1;
		const pads = typeof padding === 'string' ? padding : padsAlong(padding, axis);
		const sizes = { kernelSize: kernelSize[axis], stride: stride[axis], dilation: dilation[axis] };
		return { span, ...along({ axis, ...sizes, span, padding: pads }) };
	};
	const y = resolve(0);
	const x = resolve(1);
	return {
		kernelSize,
		stride,
		dilation,
		effectiveKernelSize: [y.span, x.span],
		padding: { top: y.before, bottom: y.after, left: x.before, right: x.after },
		outputSize: [y.output, x.output]
	};
}

/**
 * Resolves a window over an input. Throws an `OpError` where the window does not fit.
 * @param ceil sizes round up (PyTorch's rule: the last window must start inside the input or its padding before it).
 */
export function resolveWindow(shape: Shape, options: WindowOptions, ceil = false): Window {
	const placement = resolvePlacement(options, (along) => {
		const { axis, span, stride, padding } = along;
		const size = shape[axis];
		const [before, after] =
			padding === 'valid' ? [0, 0] : padding === 'same' ? samePads(size, span, stride) : padding;
		const padded = paddedSize(axis, size, before, after);
		let output = (ceil ? Math.ceil : Math.floor)((padded - span) / stride) + 1;
		// Source: PyTorch, aten/src/ATen/native/Pool.h, pooling_output_shape_pad_lr.
		if (ceil && (output - 1) * stride >= size + before) output--;
		if (output < 1) throw kernelTooLarge(along, padded);
		return { before, after, output };
	});
	const unread = (axis: 0 | 1) => {
		const [before] = padsAlong(placement.padding, axis);
		const lastStart = (placement.outputSize[axis] - 1) * placement.stride[axis] - before;
		return Math.max(0, shape[axis] - lastStart - placement.effectiveKernelSize[axis]);
	};
	return { ...placement, unread: { rows: unread(0), columns: unread(1) } };
}

/** Rows (axis 0) or columns with their padding. Throws an `OpError` where numbers end to be exact. */
export function paddedSize(axis: 0 | 1, size: number, before: number, after: number): number {
	const padded = size + before + after;
	if (Number.isSafeInteger(padded)) return padded;
	const max = Number.MAX_SAFE_INTEGER;
	throw new OpError({
		code: 'outputTooLarge',
		argument: 'padding',
		value: Math.max(before, after),
		valid: [0],
		params: { axis: AXIS_NAMES[axis], size: padded, max },
		message: `padding = ${Math.max(before, after)} makes the ${AXIS_NAMES[axis]} ${padded}, more than ${max}`
	});
}

/** Padding before and after that makes the output `ceil(size / stride)`. Source: TensorFlow, "Notes on padding" of tf.nn. */
function samePads(size: number, span: number, stride: number): Pair {
	const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
	return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function kernelTooLarge({ axis, kernelSize, dilation, span }: AxisOptions, size: number): OpError {
	const max = Math.floor((size - 1) / dilation) + 1;
	const what = axis === 0 ? 'rows' : 'columns';
	const dilated = dilation === 1 ? '' : ` with dilation ${dilation}`;
	return new OpError({
		code: 'kernelTooLarge',
		argument: 'kernelSize',
		value: kernelSize,
		valid: [max],
		params: { axis: AXIS_NAMES[axis], span, size, max, dilation },
		message: `kernelSize = ${kernelSize} spans ${span} ${what}${dilated}, more than the padded input's ${size}; at most ${max} would fit`
	});
}

/** What a window is for receptive fields. */
export function windowMap(w: Placement): SpatialMap {
	const { kernelSize, stride, dilation, padding } = w;
	return { kind: 'window', kernelSize, stride, dilation, padding: [padding.top, padding.left] };
}

/** A window along one axis that covers a position, and which of its taps does. */
export interface Cover {
	readonly window: number;
	readonly tap: number;
}

/**
 * The windows along one axis (0: height, 1: width) with a tap on `position`, ascending by tap.
 * Read the other way round, these are the inputs that land on a position of a transposed convolution.
 */
export function coversOf(w: Placement, axis: 0 | 1, position: number, windows: number): Cover[] {
	const covers: Cover[] = [];
	const [before] = padsAlong(w.padding, axis);
	for (let tap = 0; tap < w.kernelSize[axis]; tap++) {
		const window = (position + before - tap * w.dilation[axis]) / w.stride[axis];
		if (Number.isInteger(window) && window >= 0 && window < windows) covers.push({ window, tap });
	}
	return covers;
}
