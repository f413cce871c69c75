import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { attribute, model, node, tensor, value } from './onnxFile';

/**
 * What PyTorch's exporter writes since its version 2.9, by default: the way to a node is no longer its name but an entry beside it, and
 * values that are equal are stored once.
 */
const at = (...scopes: readonly string[]) => ({
	'pkg.torch.onnx.fx_node': '%x : [num_users=1]',
	'pkg.torch.onnx.name_scopes': `[${['', ...scopes].map((scope) => `'${scope}'`).join(', ')}]`
});

const ones = (length: number) => new Float32Array(length).fill(1);
const shape = (...numbers: readonly number[]) => BigInt64Array.from(numbers, BigInt);
const kernel = [attribute('kernel_shape', [1, 1])];

async function open(file: Uint8Array) {
	const opened = await openFiles([{ name: 'net.onnx', bytes: file }]);
	if (opened.kind !== 'model') throw new Error('no model');
	return opened;
}

describe('a file of PyTorch’s exporter since 2.9', () => {
	it('opens as blocks, by the modules that each node says it stands in', async () => {
		const { graph } = await open(
			model({
				nodes: [
					node('Conv', ['x', 'blocks.0.conv.weight'], ['conv2d'], kernel, 'node_Conv_7', {
						// A batch norm was folded into it, and left its own way.
						...at('blocks', 'blocks.0', 'blocks.0.bn', 'batch_norm')
					}),
					node(
						'Relu',
						['conv2d'],
						['relu'],
						[],
						'node_relu',
						at('blocks', 'blocks.0', 'blocks.0.act', 'relu')
					),
					// Its weights are the first convolution's by name, since they are equal.
					node('Conv', ['relu', 'blocks.0.conv.weight'], ['conv2d_1'], kernel, 'node_Conv_8', {
						...at('blocks', 'blocks.1', 'blocks.1.conv', 'conv2d_1')
					}),
					node('Add', ['conv2d_1', 'relu'], ['add'], [], 'node_add', at('blocks', 'blocks.1', 'add'))
				],
				initializers: [tensor('blocks.0.conv.weight', [3, 3, 1, 1], ones(9))],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('add', [1, 3, 4, 4])]
			})
		);
		expect(graph.nodes.map(({ id, block }) => [id, block])).toEqual([
			['blocks.0.conv', 'blocks/0'],
			['blocks.0.act', 'blocks/0'],
			['blocks.1.conv', 'blocks/1'],
			['blocks.1.Add', 'blocks/1']
		]);
	});

	it('opens whole where it parts the channels of a shuffle into as many as it says', async () => {
		const { graph, notes } = await open(
			model({
				opset: 20,
				nodes: [
					node('Conv', ['x', 'w'], ['a'], kernel),
					node('Reshape', ['a', 'apart'], ['b'], []),
					node('Transpose', ['b'], ['c'], [attribute('perm', [0, 2, 1, 3, 4])]),
					node('Reshape', ['c', 'together'], ['d'], []),
					node('Split', ['d'], ['e', 'f'], [attribute('axis', 1), attribute('num_outputs', 2)]),
					node('Concat', ['f', 'e'], ['y'], [attribute('axis', 1)])
				],
				initializers: [
					tensor('w', [6, 3, 1, 1], ones(18)),
					tensor('apart', [5], shape(1, 2, 3, 4, 4)),
					tensor('together', [4], shape(1, 6, 4, 4))
				],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('y', [1, 6, 4, 4])]
			})
		);
		expect(graph.nodes.map(({ op }) => op)).toEqual(['conv2d', 'channelShuffle', 'split', 'concat']);
		expect(notes.map(({ code }) => code)).not.toContain('opaque');
	});

	it('opens whole where it picks all of an axis in its order, which is a shape alone', async () => {
		const picks = (indices: readonly number[]) =>
			open(
				model({
					nodes: [
						node('GlobalAveragePool', ['x'], ['mean'], []),
						node('Reshape', ['mean', 'flat'], ['memory'], []),
						node('Gather', ['memory', 'indices'], ['y'], [attribute('axis', 0)])
					],
					initializers: [tensor('flat', [1], shape(-1)), tensor('indices', [1, 3, 1, 1], shape(...indices))],
					inputs: [value('x', [1, 3, 4, 4])],
					outputs: [value('y', [1, 3, 1, 1])]
				})
			);
		expect((await picks([0, 1, 2])).graph.nodes.map(({ op }) => op)).toEqual(['globalAvgPool']);
		expect((await picks([2, 1, 0])).graph.nodes.map(({ op }) => op)).toEqual(['globalAvgPool', 'opaque']);
	});
});

describe('a file of PyTorch’s exporter to run', () => {
	const notesOf = async (producer: string, [kernel_, bias]: readonly [string, string]) => {
		const { notes } = await open(
			model({
				producer,
				nodes: [node('Conv', ['x', kernel_, bias], ['y'], kernel, '/features/0/Conv')],
				initializers: [tensor(kernel_, [3, 3, 1, 1], ones(9)), tensor(bias, [3], ones(3))],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('y', [1, 3, 4, 4])]
			})
		);
		return notes.filter(({ code }) => code === 'folded');
	};

	it('says that it has batch norms folded in, which shows by weights without names', async () => {
		const folded = [{ code: 'folded', params: { count: 1 } }];
		expect(await notesOf('pytorch', ['onnx::Conv_12', 'onnx::Conv_13'])).toEqual(folded);
		expect(await notesOf('pytorch', ['612', '613'])).toEqual(folded);
		expect(await notesOf('pytorch', ['features.0.weight', 'features.0.bias'])).toEqual([]);
		// Others number all of their tensors.
		expect(await notesOf('somebody', ['612', '613'])).toEqual([]);
	});
});
