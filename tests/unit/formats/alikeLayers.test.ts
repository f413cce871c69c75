import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as h5wasm from 'h5wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';

const folder = mkdtempSync(join(tmpdir(), 'lightnets-alike-'));
beforeAll(() => h5wasm.ready);
afterAll(() => rmSync(folder, { recursive: true }));

const conv = (channels: number, filters: number) => ({
	class_name: 'Conv2D',
	config: { name: 'conv', filters, kernel_size: [1, 1], batch_input_shape: [null, 4, 4, channels] }
});
const sequential = (name: string, layers: readonly object[]) => ({
	class_name: 'Sequential',
	config: { name, layers }
});
/** Two models, in each of which one layer is called `conv`. */
const twins = (filters: number) =>
	sequential('net', [sequential('a', [conv(3, 3)]), sequential('b', [conv(3, filters)])]);

/** A kernel and a bias, each value of which is `value`. */
interface Saved {
	readonly value: number;
	readonly filters: number;
	/** What comes before `kernel`, and after it. */
	readonly name: string;
	readonly suffix?: string;
}
const tensorsOf = ({ value, filters, name, suffix = '' }: Saved) =>
	Object.entries({ kernel: [1, 1, 3, filters], bias: [filters] }).map(([role, shape]) => ({
		name: `${name}/${role}${suffix}`,
		shape,
		data: new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(value)
	}));

/** An HDF5 file as Keras 2 writes it: the weights of each layer of the whole model in a group. */
function hdf5(model: object | null, groups: Readonly<Record<string, readonly Saved[]>>): Uint8Array {
	const path = join(folder, 'net.h5');
	const file = new h5wasm.File(path, 'w');
	if (model) file.create_attribute('model_config', JSON.stringify(model));
	const root = model ? file.create_group('model_weights') : file;
	root.create_attribute('layer_names', Object.keys(groups));
	for (const [layer, all] of Object.entries(groups)) {
		const group = root.create_group(layer);
		const tensors = all.flatMap(tensorsOf).map((of) => ({ ...of, name: `${of.name}:0` }));
		group.create_attribute(
			'weight_names',
			tensors.map(({ name }) => name)
		);
		for (const { name, shape, data } of tensors) {
			const steps = name.split('/');
			const last = steps.pop()!;
			let at: h5wasm.Group = group;
			for (const step of steps)
				at = at.keys().includes(step) ? (at.get(step) as h5wasm.Group) : at.create_group(step);
			at.create_dataset({ name: last, data, shape: [...shape] });
		}
	}
	file.close();
	return new Uint8Array(readFileSync(path));
}

/** A layers model of TensorFlow.js. */
function layersModel(model: object, saved: readonly Saved[]) {
	const tensors = saved.flatMap(tensorsOf);
	const json = {
		...{ format: 'layers-model', modelTopology: { keras_version: '2.15.0', model_config: model } },
		weightsManifest: [
			{
				paths: ['w.bin'],
				weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }))
			}
		]
	};
	return [
		{ name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
		{
			name: 'w.bin',
			bytes: new Uint8Array(Float32Array.from(tensors.flatMap(({ data }) => [...data])).buffer)
		}
	];
}

/** First value of the kernel and of the bias of each layer. */
async function firsts(files: Parameters<typeof openFiles>[0]) {
	const opened = await openFiles(files);
	if (opened.kind !== 'model') throw new Error('no model');
	return Object.entries(opened.weights ?? {}).flatMap(([layer, { kernel, bias }]) =>
		kernel ? [[layer, kernel.data[0], bias?.data[0]]] : []
	);
}
const eachItsOwn = (a = 'a.conv', b = 'b.conv') => [
	[a, 1, 1],
	[b, 2, 2]
];

describe('layers of one name in two models within a model', () => {
	it.each([
		['that say only the layer', 'conv', 'conv'],
		['that say the model, too', 'a/conv', 'b/conv'],
		['that say all models', 'net/a/conv', 'net/b/conv'],
		['of which one had to be numbered with its model', 'a/conv', 'b_1/conv']
	])('have their own weights in an .h5 file by names %s', async (_, a, b) => {
		for (const filters of [3, 5]) {
			const bytes = hdf5(twins(filters), {
				a: [{ value: 1, filters: 3, name: a }],
				b: [{ value: 2, filters, name: b }]
			});
			expect(await firsts([{ name: 'net.h5', bytes }])).toEqual(eachItsOwn());
		}
	});

	it('have their own weights in TensorFlow.js by names that say the models around them', async () => {
		for (const around of ['', 'net/'])
			for (const filters of [3, 5]) {
				const files = layersModel(twins(filters), [
					{ value: 1, filters: 3, name: `${around}a/conv` },
					{ value: 2, filters, name: `${around}b/conv` }
				]);
				expect(await firsts(files)).toEqual(eachItsOwn());
			}
	});

	it('may be one layer of the whole model, and one of a model within', async () => {
		const model = sequential('net', [conv(3, 3), sequential('a', [conv(3, 3)])]);
		const [own, inner] = [
			{ value: 1, filters: 3, name: 'conv' },
			{ value: 2, filters: 3, name: 'a/conv' }
		];
		const expected = eachItsOwn('conv', 'a.conv');
		expect(await firsts(layersModel(model, [own, inner]))).toEqual(expected);
		const bytes = hdf5(model, { conv: [own], a: [{ ...inner, name: 'conv' }] });
		expect(await firsts([{ name: 'net.h5', bytes }])).toEqual(expected);
	});

	it('lie deeper within one layer of the whole model', async () => {
		const bytes = hdf5(sequential('all', [twins(3)]), {
			net: [
				{ value: 1, filters: 3, name: 'a/conv' },
				{ value: 2, filters: 3, name: 'b/conv' }
			]
		});
		expect(await firsts([{ name: 'net.h5', bytes }])).toEqual(eachItsOwn('net.a.conv', 'net.b.conv'));
	});

	it.each([
		['other models', 'x/conv', 'y/conv', ''],
		['numbered layers', 'conv', 'conv_1', ''],
		['numbered weights', 'conv', 'conv', '_1']
	])('are refused where their weights have the names of %s', async (_, a, b, suffix) => {
		const files = layersModel(twins(3), [
			{ value: 1, filters: 3, name: a },
			{ value: 2, filters: 3, name: b, suffix }
		]);
		await expect(openFiles(files)).rejects.toMatchObject({
			reason: { code: 'unclearWeights', params: { name: 'conv' } }
		});
	});

	it('share weights that the file has once', async () => {
		const files = layersModel(twins(3), [{ value: 1, filters: 3, name: 'conv' }]);
		expect(await firsts(files)).toEqual([
			['a.conv', 1, 1],
			['b.conv', 1, 1]
		]);
	});

	it('are told apart in an .h5 file of weights alone', async () => {
		const bytes = hdf5(null, {
			a: ['conv', 'last'].map((name) => ({ value: 1, filters: 3, name })),
			b: ['conv', 'other'].map((name) => ({ value: 2, filters: 3, name }))
		});
		const opened = await openFiles([{ name: 'net.h5', bytes }]);
		if (opened.kind !== 'weights') throw new Error('no weights');
		expect(opened.tensors.map(({ name }) => name).filter((name) => name.endsWith('kernel'))).toEqual([
			...['a/conv/kernel', 'last/kernel', 'b/conv/kernel', 'other/kernel']
		]);
	});
});
