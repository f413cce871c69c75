import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { folded } from '$lib/formats/tflite/fold';
import { arrangementOf, reshape, shapeOfView, tiled, viewOf } from '$lib/formats/view';
import { resolveGraph } from '$lib/nets';
import { attribute, model, node, tensor, value } from './onnxFile';

const out = { shape: [4, 6, 3] as const, layer: null, input: 'x', readers: 0 };

describe('rows and columns that are repeated by changes of shape', () => {
	it('are seen for what they are', () => {
		const rows = reshape(viewOf(out, 'nhwc'), [1, 4, 1, 6, 3])!;
		const twice = reshape(tiled(rows, [1, 1, 2, 1, 1])!, [1, 8, 6, 3])!;
		expect(arrangementOf(twice, 'nhwc')).toEqual({ kind: 'repeat', times: [2, 1] });
		const columns = tiled(reshape(twice, [1, 8, 6, 1, 3])!, [1, 1, 1, 3, 1])!;
		expect(shapeOfView(columns)).toEqual([1, 8, 6, 3, 3]);
		expect(arrangementOf(reshape(columns, [1, 8, 18, 3])!, 'nhwc')).toEqual({
			kind: 'repeat',
			times: [2, 3]
		});
	});

	it('are not those that stand as a whole again', () => {
		const rows = reshape(viewOf(out, 'nhwc'), [1, 1, 4, 6, 3])!;
		const again = reshape(tiled(rows, [1, 2, 1, 1, 1])!, [1, 8, 6, 3])!;
		expect(arrangementOf(again, 'nhwc')).toBeNull();
		expect(tiled(viewOf(out, 'nhwc'), [1, 2, 1, 1])).toBeNull();
	});

	it.each(['Tile', 'Expand'])('are resized in ONNX, written by %s', async (type) => {
		const shape = (...numbers: readonly number[]) => BigInt64Array.from(numbers, BigInt);
		const by = type === 'Tile' ? [1, 1, 1, 2, 1, 2] : [1, 2, 4, 2, 4, 2];
		const opened = await openFiles([
			{
				name: 'net.onnx',
				bytes: model({
					nodes: [
						node('Conv', ['x', 'w'], ['a'], [attribute('kernel_shape', [1, 1])]),
						node('Reshape', ['a', 'apart'], ['b'], []),
						node(type, ['b', 'by'], ['c'], []),
						node('Reshape', ['c', 'together'], ['y'], [])
					],
					initializers: [
						tensor('w', [2, 3, 1, 1], new Float32Array(6)),
						tensor('apart', [6], shape(1, 2, 4, 1, 4, 1)),
						tensor('by', [6], shape(...by)),
						tensor('together', [4], shape(1, 2, 8, 8))
					],
					inputs: [value('x', [1, 3, 4, 4])],
					outputs: [value('y', [1, 2, 8, 8])]
				})
			}
		]);
		if (opened.kind !== 'model') throw new Error('no model');
		expect(opened.notes.map(({ code }) => code)).not.toContain('opaque');
		expect(opened.graph.nodes.map(({ op }) => op)).toEqual(['conv2d', 'resizeNearest']);
		expect(resolveGraph(opened.graph).output.shape).toEqual([8, 8, 2]);
	});
});

describe('folded(type, inputs, options)', () => {
	it('picks of a shape, and puts together', () => {
		expect(folded('STRIDED_SLICE', [[1, 8, 6, 3], [1], [3], [1]], null)).toEqual({
			dims: [2],
			numbers: [8, 6]
		});
		expect(folded('CONCATENATION', [[1], [8, 2], [3]], null)).toEqual({ dims: [4], numbers: [1, 8, 2, 3] });
	});

	it('leaves what is not known, and other arithmetic', () => {
		expect(folded('CONCATENATION', [[1], null], null)).toBeNull();
		expect(folded('STRIDED_SLICE', [[1, 2], [0], [2], [2]], null)).toBeNull();
		expect(folded('MUL', [[1], [2]], null)).toBeNull();
	});
});
