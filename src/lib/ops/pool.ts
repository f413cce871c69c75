import { checkFlag, checkInputs } from './check';
import { OpError } from './errors';
import { costOf, dataOf, sizeOf, zeros } from './tensor';
import { type Rule, traceBy } from './trace';
import type { Cell, Fields, Form, Geometry, Operator, Shape, Tensor } from './types';
import {
	AXIS_NAMES,
	coversOf,
	padsAlong,
	resolveWindow,
	type Window,
	windowFields,
	windowMap,
	type WindowOptions
} from './window';

/** `stride` is `kernelSize`, `padding` is `'valid'` and `ceil` is false by default. */
export interface PoolOptions extends WindowOptions {
	/** Sizes round up, where the last window still starts inside the input or its padding before it. */
	readonly ceil?: boolean;
}

export const poolFields: Fields<PoolOptions> = {
	...windowFields,
	ceil: 'flag?'
};

/** A window over each channel by itself. */
export interface PoolGeometry extends Geometry, Window {
	/** Taps of one output value, those on padding and beyond it included: `kh * kw`. */
	readonly taps: number;
}

/** Resolves the window of a pool. Throws an `OpError` where a window would hold nothing but padding. */
export function resolvePool(kind: string, inputs: readonly Shape[], options: PoolOptions): PoolGeometry {
	checkInputs(kind, inputs, 1);
	const shape = inputs[0];
	const { kernelSize, stride = kernelSize, padding = 'valid', dilation = 1 } = options;
	const ceil = checkFlag('ceil', options.ceil ?? false);
	const window = resolveWindow(shape, { kernelSize, stride, padding, dilation }, ceil);
	for (const axis of [0, 1] as const) {
		const size = window.effectiveKernelSize[axis];
		const value = Math.max(...padsAlong(window.padding, axis));
		if (value < size) continue;
		throw new OpError({
			code: 'poolPadding',
			argument: 'padding',
			value,
			valid: [size - 1],
			params: { axis: AXIS_NAMES[axis], size, max: size - 1 },
			message: `padding = ${value} is not less than kernelSize = ${size}, so a window would hold padding alone; at most ${size - 1} would do`
		});
	}
	return { ...window, inputs, outputs: [[...window.outputSize, shape[2]]], taps: sizeOf(window.kernelSize) };
}

/** What distinguishes a pool: how the values under a window come together. */
export type PoolRule<G extends PoolGeometry> = Pick<Rule<G>, 'start' | 'combine'> & {
	readonly form: Form;
	readonly padding?: number;
	finish?(result: number, output: Cell, inputs: readonly Tensor[], g: G): number;
};

/** Makes the pool of a rule. `opsPerValue` counts the arithmetic of an output value beside its taps. */
export function poolBy<Options extends PoolOptions, G extends PoolGeometry>(
	kind: string,
	fields: Fields<Options>,
	geometry: (inputs: readonly Shape[], options: Options) => G,
	rule: PoolRule<G>,
	opsPerValue: number
): Operator<Options, G> {
	return {
		kind,
		traits: { role: 'pool', channels: 'own', form: rule.form },
		fields,
		geometry,
		weights: () => [],
		run: (inputs, _, g) => [pool(inputs, g, rule)],
		...traceBy<G>({
			...rule,
			taps: (g) => g.taps,
			tap(g, output, n) {
				const y = output.y * g.stride[0] - g.padding.top + Math.floor(n / g.kernelSize[1]) * g.dilation[0];
				const x = output.x * g.stride[1] - g.padding.left + (n % g.kernelSize[1]) * g.dilation[1];
				return { at: { tensor: 0, y, x, channel: output.channel }, weight: null };
			}
		}),
		cost(g) {
			const values = sizeOf(g.outputs[0]);
			return costOf(g, [], { macs: 0, otherOps: values * (g.taps + opsPerValue) });
		},
		spatial: windowMap,
		channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
		feeds(g, { y, x, channel }) {
			const rows = coversOf(g, 0, y, g.outputSize[0]);
			const columns = coversOf(g, 1, x, g.outputSize[1]);
			return rows.flatMap((row) =>
				columns.map((column): Cell => ({ tensor: 0, y: row.window, x: column.window, channel }))
			);
		}
	};
}

function pool<G extends PoolGeometry>(inputs: readonly Tensor[], g: G, rule: PoolRule<G>): Tensor {
	const { start = 0, combine = (sum, value) => sum + value } = rule;
	const x = dataOf(inputs, 0);
	const [height, width, channels] = g.inputs[0];
	const output = zeros(g.outputs[0]);
	const [rows, columns] = g.outputSize;
	for (let y = 0; y < rows; y++) {
		const top = y * g.stride[0] - g.padding.top;
		const bottom = Math.min(height, top + g.effectiveKernelSize[0]);
		for (let xo = 0; xo < columns; xo++) {
			const left = xo * g.stride[1] - g.padding.left;
			const right = Math.min(width, left + g.effectiveKernelSize[1]);
			for (let channel = 0; channel < channels; channel++) {
				let result = start;
				for (let row = firstInside(top, g.dilation[0]); row < bottom; row += g.dilation[0]) {
					for (let column = firstInside(left, g.dilation[1]); column < right; column += g.dilation[1]) {
						result = combine(result, x[(row * width + column) * channels + channel]!);
					}
				}
				const cell = { tensor: 0, y, x: xo, channel };
				output.data[(y * columns + xo) * channels + channel] =
					rule.finish?.(result, cell, inputs, g) ?? result;
			}
		}
	}
	return output;
}

/** The first tap from `start` on that is not before the input. */
function firstInside(start: number, dilation: number): number {
	return start >= 0 ? start : start + Math.ceil(-start / dilation) * dilation;
}
