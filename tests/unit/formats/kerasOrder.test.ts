import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { graphLimits } from '$lib/nets';

type Layer = Readonly<Record<string, unknown>>;

/** What `to_json` writes of a model. */
const open = (model: object) =>
	openFiles([{ name: 'net.json', bytes: new TextEncoder().encode(JSON.stringify(model)) }]);

const input = { class_name: 'InputLayer', config: { name: 'x', batch_input_shape: [null, 4, 4, 3] } };
const layer = (class_name: string, name: string, inputs: readonly string[], config: object = {}): Layer => ({
	...{ class_name, name, config: { name, ...config } },
	inbound_nodes: inputs.length === 0 ? [] : [inputs.map((of) => [of, 0, 0, {}])]
});
const conv = (name: string, ...inputs: readonly string[]) =>
	layer('Conv2D', name, inputs, { filters: 3, kernel_size: 1 });
const functional = (layers: readonly Layer[], output: string) => ({
	class_name: 'Functional',
	config: {
		name: 'net',
		layers: [...layers, { ...input, name: 'x', inbound_nodes: [] }],
		input_layers: [['x', 0, 0]],
		output_layers: [[output, 0, 0]]
	}
});

/** A model in a model, so many times; in the innermost one a convolution. */
const nested = (depth: number) =>
	Array.from({ length: depth }).reduce<object>(
		(inner, _, i) => ({ class_name: 'Sequential', config: { name: `m${i}`, layers: [inner] } }),
		{
			class_name: 'Conv2D',
			config: { name: 'c', filters: 2, kernel_size: 1, batch_input_shape: [null, 4, 4, 3] }
		}
	);

describe('layers of a Keras model', () => {
	it('are read in whatever order they stand', async () => {
		const layers = [
			layer('Add', 'sum', ['b', 'c']),
			conv('c', 'b'),
			conv('b', 'a'),
			conv('a', 'x'),
			conv('d', 'sum')
		];
		const graphs = [layers, layers.toReversed(), [...layers.slice(2), ...layers.slice(0, 2)]];
		for (const of of graphs) {
			const opened = await open(functional(of, 'd'));
			if (opened.kind !== 'model') throw new Error('no model');
			const reads = new Map(opened.graph.nodes.map(({ id, inputs }) => [id, inputs]));
			expect(reads).toEqual(
				new Map([
					['a', ['x']],
					['b', ['a']],
					['c', ['b']],
					['sum', ['b', 'c']],
					['d', ['sum']]
				])
			);
		}
	});

	it('are looked at once for each thing that they wait for, though they stand in reverse', async () => {
		const count = 2000;
		let looks = 0;
		const layers = Array.from({ length: count }, (_, i) => conv(`c${i}`, i === 0 ? 'x' : `c${i - 1}`));
		const model = functional(layers.toReversed(), `c${count - 1}`);
		const get = Map.prototype.has;
		Map.prototype.has = function (key: unknown) {
			if (typeof key === 'string' && /^c\d+ 0$/.test(key)) looks++;
			return get.call(this, key);
		};
		try {
			await open(model);
		} finally {
			Map.prototype.has = get;
		}
		expect(looks).toBeLessThan(4 * count);
	});

	it('that are too many are refused before any is read', async () => {
		const count = graphLimits.nodes + 1;
		const layers = Array.from({ length: count }, (_, i) => conv(`c${i}`, i === 0 ? 'x' : 'nowhere'));
		for (const model of [
			functional(layers, 'c0'),
			functional([{ ...functional(layers, 'c0'), name: 'in', inbound_nodes: [[['x', 0, 0]]] }], 'in')
		])
			await expect(open(model)).rejects.toMatchObject({
				...{ code: 'tooLarge', params: { what: 'layers', value: count, max: graphLimits.nodes } }
			});
	});

	it.each([
		['each other', [conv('a', 'b'), conv('b', 'a')], { code: 'circle' }],
		['themselves', [conv('a', 'a')], { code: 'circle' }],
		[
			'what is not there, behind others that read each other',
			[conv('a', 'b'), conv('b', 'a'), conv('c', 'gone')],
			{ code: 'absent', params: { name: 'c', input: 'gone' } }
		],
		['nothing', [conv('a', 'b'), conv('b')], { code: 'absent', params: { name: 'a', input: 'b' } }]
	] as const)('that read %s are said to', async (_, layers, reason) => {
		await expect(open(functional(layers, 'a'))).rejects.toMatchObject({ reason });
	});

	it('in models within models open nine deep, and are said to be too deep beyond', async () => {
		for (const depth of [1, 8, 9])
			expect(await open(nested(depth)), String(depth)).toMatchObject({ kind: 'model' });
		for (const depth of [10, 11, 500])
			await expect(open(nested(depth)), String(depth)).rejects.toMatchObject({ reason: { code: 'deep' } });
		const empty = { class_name: 'Sequential', config: { name: 'none', layers: [] } };
		const model = { class_name: 'Sequential', config: { name: 'net', layers: [empty] } };
		await expect(open(model)).rejects.toMatchObject({ reason: { code: 'noLayers' } });
	});
});
