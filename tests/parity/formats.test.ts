import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/lib/engine/kernels';
import { Program } from '../../src/lib/engine/program/program';
import { openFiles } from '../../src/lib/formats';
import { resolveGraph } from '../../src/lib/nets';
import { models, onnxNode } from '../data';
import { casesIn, notApplicable, readCase } from '../unit/formats/onnxNode';
import { relativeDifference, useWasm } from './engine/graphs';

let kernels: Kernels | null;
beforeAll(async () => {
	kernels = await useWasm(true);
});
afterAll(() => kernels?.dispose());

const floats = (name: string) => {
	const bytes = readFileSync(join(models.path, 'onnx', name));
	return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};

describe.skipIf(models.isAbsent)(models.needed('files with weights run as PyTorch ran them'), () => {
	it.each([
		['squeezenet1_1', 'opset11'],
		['mobilenet_v2_w035', 'opset11'],
		['shufflenet_v1_g3', 'opset11'],
		['shufflenet_v2_x0_5', 'opset11'],
		['shufflenet_v2_x0_5', 'opset16']
	])('%s of %s, within 1e-4 of the largest output', async (name, opset) => {
		const file = `torchvision-${name}.${opset}.onnx`;
		const bytes = new Uint8Array(readFileSync(join(models.path, 'onnx', file)));
		const opened = await openFiles([{ name: file, bytes }]);
		if (opened.kind !== 'model' || !opened.weights) throw new Error(`${file} has no weights`);
		const resolved = resolveGraph(opened.graph);
		const program = new Program(resolved, opened.weights, kernels);
		const [height, width, channels] = resolved.tensors[0]!.shape;
		const picture = floats(`${name}.input.f32`);
		const input = Float32Array.from(
			picture,
			(_, i) => picture[(i % channels) * height * width + Math.floor(i / channels)]!
		);
		const { output } = await program.run([input]);
		program.dispose();
		expect(relativeDifference(output.data, floats(`${name}.output.f32`))).toBeLessThan(1e-4);
	});
});

describe.skipIf(models.isAbsent)(models.needed('a detector runs whole'), () => {
	it('yolox_nano: every position of its three heads is what onnxruntime makes it', async () => {
		const bytes = new Uint8Array(readFileSync(join(models.path, 'onnx', 'yolox_nano.onnx')));
		const opened = await openFiles([{ name: 'yolox_nano.onnx', bytes }]);
		if (opened.kind !== 'model' || !opened.weights) throw new Error('it has no weights');
		const resolved = resolveGraph(opened.graph);
		const [side] = resolved.tensors[0]!.shape;
		const area = side * side;
		const planes = Float32Array.from({ length: 3 * area }, (_, i) => 128 + 100 * Math.sin(i / 37));
		const session = await ort.InferenceSession.create(bytes);
		const expected = await session.run({ images: new ort.Tensor('float32', planes, [1, 3, side, side]) });
		await session.release();

		const program = new Program(resolved, opened.weights, kernels);
		const input = Float32Array.from(planes, (_, i) => planes[(i % 3) * area + Math.floor(i / 3)]!);
		const { output } = await program.run([input]);
		program.dispose();
		expect(relativeDifference(output.data, expected['output']!.data as Float32Array)).toBeLessThan(1e-4);
	});
});

const names = onnxNode.isAbsent ? [] : casesIn(onnxNode.path).filter((name) => !(name in notApplicable));

describe.skipIf(onnxNode.isAbsent)(onnxNode.needed('ONNX’s own tests of operators, by the engine'), () => {
	it.each(names)('%s', async (name) => {
		const { resolved, weights, samples, expected } = readCase(onnxNode.path, name);
		const program = new Program(resolved, weights, kernels);
		for (const [n, inputs] of samples.entries()) {
			const watch = resolved.outputs.map(({ ref }) => ref);
			const { watched } = await program.run(inputs, { watch });
			watch.forEach((ref, k) =>
				expect(relativeDifference(watched[ref]!.data, expected[n]![k]!)).toBeLessThan(1e-4)
			);
		}
		program.dispose();
	});
});
