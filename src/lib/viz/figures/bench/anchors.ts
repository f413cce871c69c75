import type { Plane } from '../../tensor/tensors';
import { cornerPath } from '../../tensor/paths';
import { partOf, type Scene } from './scene';
import type { Stage } from './stage';

/**
 * Marks the cells at which windows begin, where the stride is more than 1: of the input that a window slides over, or of the
 * output on which a transposed convolution puts its kernel down. Empty, where every cell is one.
 */
export function anchorsPath(stages: readonly Stage[], scene: Scene): string {
	const path = (planes: readonly Plane[], rows: readonly number[], columns: readonly number[]) =>
		planes
			.flatMap((plane) =>
				rows.flatMap((row) => columns.map((column) => cornerPath(plane, scene.layout.cell, row, column)))
			)
			.join('');
	return stages
		.map(({ layer: { geometry: g } }, stage) => {
			if (!('stride' in g) || Math.max(...g.stride) === 1) return '';
			const lands = 'landing' in g;
			const [height, width] = lands ? g.inputs[0]! : g.outputSize;
			const starts = (count: number, stride: number, before: number) =>
				Array.from({ length: count }, (_, n) => n * stride - before);
			return path(
				partOf(scene, 'tensor', lands ? stage + 1 : stage)?.planes ?? [],
				starts(height, g.stride[0], g.padding.top),
				starts(width, g.stride[1], g.padding.left)
			);
		})
		.join('');
}
