import { describe, expect, it } from 'vitest';
import { GraphBuilder, GraphError, resolveGraph, type Graph } from '$lib/nets';
import { OpError } from '$lib/ops';
import { tinyGraph, withNodes } from './graphs';

const conv = { id: 'conv', op: 'conv2d', options: { outChannels: 4, kernelSize: 3 }, inputs: ['input'] };
const relu = { id: 'relu', op: 'relu', options: {}, inputs: ['conv'] };

function errorOf(graph: Graph): GraphError {
	try {
		resolveGraph(graph);
	} catch (error) {
		if (error instanceof GraphError) return error;
		throw error;
	}
	throw new Error('nothing was thrown');
}

describe('resolveGraph(graph)', () => {
	it('gives each tensor its shape, producer and consumers', () => {
		const resolved = resolveGraph(tinyGraph());
		expect(resolved.tensors.map(({ ref, shape }) => [ref, shape])).toEqual([
			['input', [8, 8, 2]],
			['conv', [6, 6, 4]],
			['relu', [6, 6, 4]]
		]);
		expect(resolved.byRef.get('conv')?.consumers.map(({ id }) => id)).toEqual(['relu']);
		expect(resolved.output.producer?.id).toBe('relu');
	});

	it('sorts nodes that are written in another order', () => {
		const resolved = resolveGraph({ ...withNodes(relu, conv), output: 'relu' });
		expect(resolved.nodes.map(({ id }) => id)).toEqual(['conv', 'relu']);
	});

	it('names the outputs of a split id:0, id:1', () => {
		const net = new GraphBuilder('Split', [1, 1, 5]);
		const split = net.op('split', 'split', net.input, { sizes: [2, 3] });
		const resolved = resolveGraph(net.build(net.concat('concat', [`${split}:1`, `${split}:0`])));
		expect(resolved.byRef.get('split:1')?.shape).toEqual([1, 1, 3]);
		expect(resolved.output.shape).toEqual([1, 1, 5]);
	});

	it.each<[string, Graph, string, string]>([
		['empty', withNodes(), 'empty', 'a graph needs at least one node'],
		[
			'an operator that is not known',
			withNodes({ ...conv, op: 'conv2D' }),
			'unknownOp',
			'conv: there is no operator "conv2D"; did you mean conv2d?'
		],
		[
			'an input that is not there',
			withNodes(conv, { ...relu, inputs: ['con'] }),
			'unknownInput',
			'relu: its input "con" is no node of the graph; did you mean conv?'
		],
		[
			'an output that the node does not have',
			withNodes(conv, { ...relu, inputs: ['conv:1'] }),
			'noSuchOutput',
			'relu: there is no "conv:1"; conv gives conv'
		],
		[
			'a graph output that is not there',
			{ ...withNodes(conv), output: 'relu' },
			'unknownOutput',
			'the output "relu" is no node of the graph'
		],
		[
			'a cycle',
			withNodes({ ...conv, inputs: ['relu'] }, relu),
			'cycle',
			'conv: it reads what depends on itself: conv → relu → conv'
		],
		[
			'an id taken twice',
			withNodes(conv, { ...relu, id: 'conv' }),
			'duplicateId',
			'conv: the id is taken twice; each node needs its own'
		],
		[
			'an id with a colon',
			withNodes({ ...conv, id: 'a:b' }),
			'id',
			'"a:b" cannot be an id or a block; use letters, digits, _, -, . and / between them, at most 200'
		],
		[
			'a block that no node stands in',
			{ ...tinyGraph(), blocks: [{ path: 'stage1', kind: 'stage' }] },
			'unusedBlock',
			'no node stands in the block "stage1"'
		],
		[
			'options that do not fit',
			withNodes({ ...conv, options: { outChannels: 4, kernelSize: 3, groups: 3 } }),
			'op',
			'conv: groups = 3 does not divide inChannels = 2; 1 or 2 would'
		],
		[
			'too many channels',
			withNodes({ ...conv, options: { outChannels: 1e9, kernelSize: 3 } }),
			'tooManyChannels',
			'conv: outChannels = 1000000000 is too large; at most 65536'
		],
		[
			'a window that is too large',
			withNodes({ ...conv, options: { outChannels: 4, kernelSize: 3, padding: 1e6 } }),
			'tooLarge',
			'conv: padding = 1000000 is too large; at most 256'
		],
		[
			'a transposed convolution that grows too large',
			withNodes({
				...conv,
				op: 'transposedConv2d',
				options: { outChannels: 1, kernelSize: 1, stride: 256 }
			}),
			'tooLarge',
			'conv: output positions = 3214849 is too large; at most 1048576'
		],
		[
			'too many nodes',
			withNodes(...Array.from({ length: 10_000 }, (_, i) => ({ ...conv, id: `conv${i}` }))),
			'tooManyNodes',
			'10001 nodes are too many; at most 10000'
		],
		[
			'too many edges',
			withNodes({ ...conv, op: 'add', options: {}, inputs: Array.from({ length: 100_000 }, () => 'input') }),
			'tooManyEdges',
			'100000 inputs of nodes are too many; at most 40000'
		],
		[
			'blocks within blocks without end',
			withNodes({ ...conv, block: Array.from({ length: 90 }, () => 'b').join('/') }),
			'tooDeep',
			'the block "b/b/b/b/b/b/b/b/b/b/b/b/b/b/b/b/b/b/b/b…" lies 90 deep; at most 32'
		],
		[
			'too many blocks',
			withNodes(
				...Array.from({ length: 900 }, (_, i) => ({ ...conv, id: `conv${i}`, block: `a/b${i}/c${i}/d${i}` }))
			),
			'tooManyBlocks',
			'2701 blocks are too many; at most 2000'
		],
		[
			'a split into too many parts',
			withNodes({ ...conv, op: 'split', options: { sizes: Array.from({ length: 16384 }, () => 1) } }),
			'tooLarge',
			'conv: outputs = 16384 is too large; at most 256'
		]
	])('refuses %s, with a sentence', (_, graph, code, message) => {
		const error = errorOf(graph);
		expect(error.message).toBe(message);
		expect(error.code).toBe(code);
	});

	it('keeps the operator’s own error as the cause', () => {
		const error = errorOf(withNodes({ ...conv, options: { outChannels: 4, kernelSize: 9 } }));
		expect(error.node).toBe('conv');
		expect(error.cause).toBeInstanceOf(OpError);
	});
});

describe('GraphBuilder', () => {
	it('refuses a layer where it is written', () => {
		const net = new GraphBuilder('Small', [4, 4, 3]);
		expect(() => net.maxPool('pool', net.input, { kernelSize: 5 })).toThrow(
			/^pool: kernelSize = 5 spans 5 rows/
		);
	});

	it('nests blocks by path', () => {
		const net = new GraphBuilder('Blocks', [4, 4, 3]);
		const x = net.block('stage1', 'stage', () =>
			net.block('unit1', 'residual', () => net.relu('relu', net.input))
		);
		const graph = net.build(x);
		expect(graph.nodes[0]?.block).toBe('stage1/unit1');
		expect(graph.blocks).toEqual([
			{ path: 'stage1', kind: 'stage' },
			{ path: 'stage1/unit1', kind: 'residual' }
		]);
	});
});
