import { expect, it } from 'vitest';
import { colourPaths, minusPaths } from '$lib/viz/tensor/planes';
import { valueClass, valueStep } from '$lib/viz/tensor/values';

const values = [
	[4, -4, 0],
	[-1, 1, -0.01]
];
const outer = { x: 10, y: 20, width: 30, height: 20 };
const planes = [
	{
		plane: { x: 10, y: 20, rows: 2, columns: 3, outer },
		stepAt: (row: number, column: number) => valueStep(values[row]![column]!, 4)
	}
];

it('cells are as dark as they are large, whatever their sign', () => {
	expect(colourPaths(planes, 10).map(({ step, path }) => [valueClass(step), path])).toEqual([
		['v-0', 'M30.0 20.0h10v10h-10z'],
		['v-1', 'M30.0 30.0h10v10h-10z'],
		['v-2', 'M10.0 30.0h10v10h-10zM20.0 30.0h10v10h-10z'],
		['v-8', 'M10.0 20.0h10v10h-10zM20.0 20.0h10v10h-10z']
	]);
});

it('cells without numbers have a minus where they are negative, in the middle, and in the colour that is read on them', () => {
	expect(minusPaths(planes, 10)).toEqual({ weak: 'M12.5 35.0h5.0M32.5 35.0h5.0', strong: 'M22.5 25.0h5.0' });
});
