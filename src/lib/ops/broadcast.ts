import { checkInputs, shapesDiffer } from './check';
import { cellIndex } from './tensor';
import type { Cell, Geometry, Shape } from './types';

/** Height, width and channels of each input are those of the output, or 1, and then what is there goes everywhere. */
export function broadcastGeometry(
	kind: string,
	inputs: readonly Shape[],
	count: number,
	more: boolean
): Geometry {
	checkInputs(kind, inputs, count, more);
	const output = ([0, 1, 2] as const).map((axis) =>
		Math.max(...inputs.map((shape) => shape[axis]))
	) as unknown as Shape;
	const differs = (shape: Shape, of: Shape) =>
		shape.some((n, axis) => n !== of[axis] && n !== 1 && of[axis] !== 1);
	for (const of of [inputs[0], output]) {
		const index = inputs.findIndex((shape) => differs(shape, of));
		if (index >= 0) throw shapesDiffer(kind, inputs, index, 'equal shapes, or 1 where they differ');
	}
	return { inputs, outputs: [output] };
}

/** The cell of an input that an output cell reads. */
export function sourceOf(g: Geometry, tensor: number, { y, x, channel }: Cell): Cell {
	const [height, width, channels] = g.inputs[tensor]!;
	return {
		...{ tensor, y: height === 1 ? 0 : y, x: width === 1 ? 0 : x },
		channel: channels === 1 ? 0 : channel
	};
}

/** For each value of the output, where in the input's data its own stands. */
export function sourceIndices(g: Geometry, tensor: number): (index: number, cell: Cell) => number {
	const shape = g.inputs[tensor]!;
	const isWhole = shape.every((n, axis) => n === g.outputs[0]![axis]);
	return isWhole ? (index) => index : (_, cell) => cellIndex(shape, sourceOf(g, tensor, cell));
}

/** The output cells that an input cell is used for. */
export function cellsFed(g: Geometry, input: Cell): Cell[] {
	const [shape, output] = [g.inputs[input.tensor]!, g.outputs[0]!];
	const along = (axis: 0 | 1 | 2, at: number) =>
		shape[axis] === output[axis] ? [at] : Array.from({ length: output[axis] }, (_, i) => i);
	return along(0, input.y).flatMap((y) =>
		along(1, input.x).flatMap((x) =>
			along(2, input.channel).map((channel): Cell => ({ tensor: 0, y, x, channel }))
		)
	);
}

export const outputOf = (g: Geometry): Shape => g.outputs[0] ?? g.inputs[0];
