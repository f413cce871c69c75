import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatGraph, networks } from '$lib/nets';
import { tinyGraph } from '../nets/graphs';
import { runTool } from './command';

const cost = (...words: readonly string[]) => runTool('cost.ts', words);

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lightnets-cost-'));
	await writeFile(join(folder, 'tiny.json'), formatGraph(tinyGraph()));
	await writeFile(join(folder, 'broken.json'), '{ "version": 1 }');
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm run cost', () => {
	it('-- --model reads a file of a framework, whatever it is called', async () => {
		const layer =
			'layer { name: "c" type: "Convolution" bottom: "x" top: "c" convolution_param { num_output: 4 kernel_size: 3 } }';
		await writeFile(
			join(folder, 'net.txt'),
			`input: "x" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8\n${layer}`
		);
		const { code, out, err } = await cost('--model', join(folder, 'net.txt'), '--json');
		expect([code, err]).toEqual([0, '']);
		expect(JSON.parse(out)).toMatchObject({
			input: [8, 8, 3],
			macs: 36 * 4 * 27,
			params: { trainable: 112 }
		});
	});

	it('-- --model says in one line what cannot be read, with exit code 2', async () => {
		await writeFile(join(folder, 'nothing.onnx'), 'hello');
		const { code, out, err } = await cost('--model', join(folder, 'nothing.onnx'));
		expect([code, out]).toEqual([2, '']);
		expect(err).toMatch(/^nothing\.onnx: expected ONNX, .*\n$/);
	});

	it('-- --model counts a structure whose weights are not there, with what lies beside it', async () => {
		const layers = [
			{ class_name: 'InputLayer', config: { name: 'in', batch_input_shape: [null, 8, 8, 3] } },
			{ class_name: 'Conv2D', config: { name: 'c', filters: 4, kernel_size: [3, 3], use_bias: false } }
		];
		const paths = ['group1-shard1of2.bin', 'group1-shard2of2.bin'];
		const weights = [{ name: 'c/kernel', shape: [3, 3, 3, 4], dtype: 'float32' }];
		const model = {
			modelTopology: { model_config: { class_name: 'Sequential', config: { name: 'little', layers } } },
			weightsManifest: [{ paths, weights }]
		};
		const file = join(folder, 'model.json');
		await writeFile(file, JSON.stringify(model));
		await writeFile(join(folder, paths[0]!), new Uint8Array(9));
		const structure = await cost('--model', file, '--json');
		expect([structure.code, structure.err]).toEqual([0, '']);
		expect(JSON.parse(structure.out)).toMatchObject({ macs: 36 * 4 * 27, params: { trainable: 108 } });
		await writeFile(join(folder, paths[1]!), new Uint8Array(4 * 108 - 9));
		const { out } = await cost('--model', file, '--compare', file, '--json');
		expect(JSON.parse(out).layers[0].a).toMatchObject({ name: 'c', zeros: 1 });
	});

	it('-- --model says in one line that weights alone have no structure, or lack a file', async () => {
		const weights = [{ name: 'c/kernel', shape: [2], dtype: 'float32' }];
		const file = join(folder, 'weights.json');
		await writeFile(file, JSON.stringify({ weightsManifest: [{ paths: ['w.bin'], weights }] }));
		const lacking = await cost('--model', file);
		expect([lacking.code, lacking.err]).toEqual([2, 'weights.json names w.bin, which is not there\n']);
		await writeFile(join(folder, 'w.bin'), new Uint8Array(8));
		const alone = await cost('--model', file);
		expect([alone.code, alone.err]).toEqual([2, `${file} has weights alone, and no structure to count\n`]);
	});

	it('-- mobilenet --alpha 0.5 --resolution 160 --json prints the figures', async () => {
		const { code, out, err } = await cost('mobilenet', '--alpha', '0.5', '--resolution', '160', '--json');
		expect([code, err]).toEqual([0, '']);
		const { layers, ...head } = JSON.parse(out);
		expect(head).toEqual({
			name: 'MobileNet v1 (alpha 0.5, resolution 160)',
			input: [160, 160, 3],
			params: { trainable: 1331592, weights: 1319648, biases: 1000, bnTrainable: 10944, bnStatistics: 10944 },
			macs: 76524800,
			flops: 153049600
		});
		expect(layers).toHaveLength(networks.mobilenet.build().nodes.length);
		expect(layers[0]).toEqual({
			name: 'conv1',
			op: 'conv2d',
			output: [80, 80, 16],
			kernel: [3, 3],
			stride: [2, 2],
			groups: 1,
			params: 432,
			macs: 2764800
		});
		const sum = (key: 'params' | 'macs') =>
			layers.reduce((so: number, layer: Record<typeof key, number>) => so + layer[key], 0);
		expect([sum('params'), sum('macs')]).toEqual([1331592, 76524800]);
	});

	it('takes every flag of the issue and prints a table', async () => {
		const { code, out } = await cost(
			...[
				'squeezenet',
				'--version',
				'1.1',
				'--bypass',
				'simple',
				'--resolution',
				'224',
				'--conv10-padding',
				'1'
			]
		);
		expect(code).toBe(0);
		expect(out).toMatch(/^conv1 +conv2d +111×111×64 +3×3 +2×2 +1 +1,792 +21,290,688$/m);
		expect(out).toMatch(/^params +1,235,496 trainable/m);
	});

	it('-- --graph file.json reads a graph, and --as-graph writes it back', async () => {
		const { out } = await cost('--graph', join(folder, 'tiny.json'), '--as-graph');
		// Options stand in the order in which their operator declares them.
		expect(JSON.parse(out)).toEqual(JSON.parse(formatGraph(tinyGraph())));
	});

	it.each<[string[], RegExp]>([
		[['mobilnet'], /^no network is called "mobilnet"; did you mean mobilenet\?\n$/],
		[['shufflenet', '--groups', '4', '--scale', '0.5'], /^scale: 0\.5 gives 136 channels, .+\n$/],
		[['xception', '--toString', '1'], /^"toString": there is no knob of this name; .+\n$/],
		[['--graph', '{folder}/broken.json'], /^the field "name" is missing\n$/],
		[['--graph', '{folder}/none.json'], /^--graph .+ cannot be read: .+\n$/],
		[[], /^which network\? one of squeezenet, .+\n$/]
	])('-- %s: one line on standard error, exit code 2', async (words, line) => {
		const { code, out, err } = await cost(...words.map((word) => word.replace('{folder}', folder)));
		expect(err).toMatch(line);
		expect([code, out]).toEqual([2, '']);
	});
});
