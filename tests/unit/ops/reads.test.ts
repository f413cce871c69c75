import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	type Cell,
	cellIndex,
	type ChannelRange,
	computedKinds,
	type Operator,
	type Shape,
	type SpatialMap
} from '$lib/ops';
import { type Case, casesOf, cellsOf, nameOf, operatorOfCase } from './cases';

describe.each(computedKinds)('what an output cell of %s reads', (kind) => {
	it('is what its steps read', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const operator = operatorOfCase(c);
				const cells = cellsOf(c.g.outputs);
				const fromSteps = cells.map((cell) => {
					const n = operator.stepOf(cell, 'value', c.g);
					const { terms } = operator.step(n, 'value', c.inputs, c.weights, c.g);
					return terms.flatMap(({ input }) => input ?? []);
				});
				expect(cells.map((cell) => operator.reads(c.g, cell))).toEqual(fromSteps);
			})
		);
	});

	it('is each cell once, inside the inputs', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const inside = new Set(cellsOf(c.g.inputs).map(nameOf));
				const wrong = cellsOf(c.g.outputs).filter((cell) => {
					const names = operatorOfCase(c).reads(c.g, cell).map(nameOf);
					return new Set(names).size < names.length || names.some((name) => !inside.has(name));
				});
				expect(wrong).toEqual([]);
			})
		);
	});

	it('feeds it, and nothing else does', () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const operator = operatorOfCase(c);
				const links = (cells: readonly Cell[], others: (cell: Cell) => readonly Cell[]) =>
					cells.flatMap((cell) => others(cell).map((other) => [nameOf(cell), nameOf(other)]));
				const read = links(cellsOf(c.g.outputs), (cell) => operator.reads(c.g, cell));
				const fed = links(cellsOf(c.g.inputs), (cell) => operator.feeds(c.g, cell));
				expect(fed.map(([input, output]) => `${output} ${input}`).sort()).toEqual(
					read.map(([output, input]) => `${output} ${input}`).sort()
				);
			})
		);
	});

	it('follows from spatial and channelsRead', () => {
		// These read one place of the window in each channel, another in another.
		const isLoose = ['spaceToDepth', 'depthToSpace'].includes(kind);
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const operator = operatorOfCase(c);
				const cells = cellsOf(c.g.outputs);
				const expected = cells.map((cell) =>
					operator
						.channelsRead(c.g, cell)
						.flatMap((range) => cellsIn(range, operator.spatial(c.g), cell, c.g.inputs[range.tensor]!))
						.map(nameOf)
						.sort()
				);
				const read = cells.map((cell) => operator.reads(c.g, cell).map(nameOf).sort());
				if (!isLoose) expect(read).toEqual(expected);
				const unexpected = read.flatMap((names, i) => {
					const known = new Set(expected[i]);
					return names.filter((name) => !known.has(name));
				});
				expect(unexpected).toEqual([]);
			})
		);
	});

	it('is all that changes it', () => {
		fc.assert(
			fc.property(casesOf(kind), fc.nat(), (c, pick) => {
				const operator = operatorOfCase(c);
				const cells = cellsOf(c.g.inputs);
				const cell = cells[pick % cells.length]!;
				const changed = changedBy(operator, c, cell);
				const fed = operator.feeds(c.g, cell).map(nameOf).sort();
				// These can hide a change: a smaller value under the same maximum, another value below 0.
				const hides = ['maxPool', 'globalMaxPool', 'relu', 'relu6', 'clip', 'prelu', 'layerNorm'].includes(
					kind
				);
				if (hides) expect(fed).toEqual(expect.arrayContaining(changed));
				else expect(changed).toEqual(fed);
			})
		);
	});
});

/** Input cells of a range of channels that a spatial map says an output cell reads. */
function cellsIn(range: ChannelRange, map: SpatialMap, output: Cell, shape: Shape): Cell[] {
	const reaches = (axis: 0 | 1, to: number, from: number): boolean => {
		switch (map.kind) {
			case 'global':
			case 'lined':
				return true;
			case 'pointwise':
				return shape[axis] === 1 || from === to;
			case 'resample':
				return map.reads[axis][to]!.includes(from);
			case 'window':
			case 'transposed': {
				const [near, far] = map.kind === 'window' ? [to, from] : [from, to];
				const offset = far + map.padding[axis] - near * map.stride[axis];
				const tap = offset / map.dilation[axis];
				return Number.isInteger(tap) && tap >= 0 && tap < map.kernelSize[axis];
			}
		}
	};
	if (map.kind === 'lined') {
		const before = map.sizes.slice(0, range.tensor).reduce((sum, [height, width]) => sum + height * width, 0);
		const cells = cellsOf([[shape[0], shape[1], range.count]]);
		return cells
			.filter(({ y, x }) => before + y * shape[1] + x === output.x)
			.map((cell) => ({ ...cell, tensor: range.tensor, channel: range.start + cell.channel }));
	}
	const [rows, columns] = ([0, 1] as const).map((axis) =>
		Array.from({ length: shape[axis] }, (_, from) => from).filter((from) =>
			reaches(axis, axis === 0 ? output.y : output.x, from)
		)
	) as [number[], number[]];
	const channels = Array.from({ length: range.count }, (_, i) => range.start + i);
	return rows.flatMap((y) =>
		columns.flatMap((x) => channels.map((channel) => ({ tensor: range.tensor, y, x, channel })))
	);
}

/** Names of the output cells that come out differently when an input cell does. */
function changedBy(operator: Operator<object>, c: Case, cell: Cell): string[] {
	const inputs = c.inputs.map(({ shape, data }, tensor) => {
		const copy = data.slice();
		if (tensor === cell.tensor) copy[cellIndex(shape, cell)]! += 0.375;
		return { shape, data: copy };
	});
	const before = operator.run(c.inputs, c.weights, c.g);
	const after = operator.run(inputs, c.weights, c.g);
	return cellsOf(c.g.outputs)
		.filter((output) => {
			const index = cellIndex(c.g.outputs[output.tensor]!, output);
			return before[output.tensor]!.data[index] !== after[output.tensor]!.data[index];
		})
		.map(nameOf)
		.sort();
}
