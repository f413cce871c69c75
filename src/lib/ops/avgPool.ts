import { checkFlag } from './check';
import { type PoolGeometry, type PoolOptions, poolBy, poolFields, resolvePool } from './pool';
import type { Cell } from './types';

/** `countPadding` is false by default, as in TensorFlow; PyTorch's `count_include_pad` is true by default. */
export interface AvgPoolOptions extends Omit<PoolOptions, 'dilation'> {
	readonly countPadding?: boolean;
}

export interface AvgPoolGeometry extends PoolGeometry {
	readonly countPadding: boolean;
}

const { dilation: _, ...undilated } = poolFields;

/** Average pooling. */
export const avgPool = poolBy<AvgPoolOptions, AvgPoolGeometry>(
	'avgPool',
	{ ...undilated, countPadding: 'flag?' },
	(inputs, { kernelSize, stride, padding, ceil, ...options }) => ({
		...resolvePool('avgPool', inputs, {
			kernelSize,
			...(stride !== undefined && { stride }),
			...(padding !== undefined && { padding }),
			...(ceil !== undefined && { ceil })
		}),
		countPadding: checkFlag('countPadding', options.countPadding ?? false)
	}),
	{ form: 'average', finish: (sum, output, _, g) => sum / divisorOf(g, output) },
	1
);

/**
 * What the sum of an output cell is divided by: the input values under its window and, where it is counted, the padding;
 * never what `ceil` lets a window reach beyond. Source: PyTorch, aten/src/ATen/native/cpu/AvgPoolKernel.cpp.
 */
export function divisorOf(g: AvgPoolGeometry, output: Pick<Cell, 'y' | 'x'>): number {
	const [height, width] = g.inputs[0];
	const { top, bottom, left, right } = g.padding;
	const along = (start: number, kernel: number, size: number, before: number, after: number) =>
		g.countPadding
			? Math.min(start + kernel, size + after) - Math.max(start, -before)
			: Math.min(start + kernel, size) - Math.max(start, 0);
	return (
		along(output.y * g.stride[0] - top, g.kernelSize[0], height, top, bottom) *
		along(output.x * g.stride[1] - left, g.kernelSize[1], width, left, right)
	);
}
