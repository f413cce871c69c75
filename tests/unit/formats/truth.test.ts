import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { graphCost, layerRows, resolveGraph } from '$lib/nets';
import { models } from '../../data';

interface Truth {
	readonly params: number;
	readonly macs: number;
	readonly layers: readonly {
		readonly name: string;
		readonly out: number[];
		readonly macs: number;
		readonly params: number;
	}[];
}

const read = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(join(models.path, name))) });

async function open(...names: string[]) {
	const opened = await openFiles(names.map(read));
	if (opened.kind !== 'model') throw new Error(`${names[0]} has no structure`);
	return { ...opened, resolved: resolveGraph(opened.graph) };
}

const files = [
	...[
		'squeezenet1_1.opset11',
		'shufflenet_v2_x0_5.opset11',
		'shufflenet_v2_x0_5.opset16',
		'mobilenet_v2_w035.opset11'
	],
	...['shufflenet_v1_g3.opset11', 'resnet18.opset11', 'densenet121.opset11', 'efficientnet_b0.opset11']
];

describe.skipIf(models.isAbsent)(models.needed('model files come to what is known of them'), () => {
	it.each(files)(
		'onnx/torchvision-%s.onnx: each layer, by its name, as PyTorch’s hooks counted it',
		async (file) => {
			const truths = JSON.parse(readFileSync(join(models.path, 'onnx/truth.json'), 'utf8')) as Record<
				string,
				Truth
			>;
			const truth = truths[file.split('.')[0]!]!;
			const { resolved, notes } = await open(`onnx/torchvision-${file}.onnx`);
			const { total } = graphCost(resolved);
			expect([total.macs, total.uncounted]).toEqual([truth.macs, 0]);
			const counted = layerRows(resolved).filter(({ macs }) => macs > 0);
			// A batch norm that the exporter folded left its shift behind as a bias, and took its scale along.
			let folded = 0;
			const rows = counted.map(({ id, output: [height, width, channels], macs, params }, i) => {
				const isFolded = params.biases > 0 && truth.layers[i]!.params === params.weights;
				if (isFolded) folded += channels;
				const out = truth.layers[i]!.out.length === 1 ? [channels] : [channels, height, width];
				return { name: id, out, macs, params: isFolded ? params.weights : params.trainable };
			});
			expect(rows).toEqual(truth.layers);
			expect(total.params.trainable + folded).toBe(truth.params);
			expect(notes.map(({ code }) => code)).not.toContain('opaque');
		}
	);

	it.each([
		['squeezenet', 1_235_496, 349_151_936],
		['shufflenet', 1_393_320, 124_664_528],
		['resnet50', 25_557_032, 4_089_184_256],
		['inception_v2', 11_214_888, 2_018_851_840]
	])('onnx/light_%s.onnx has the structure alone', async (name, params, macs) => {
		const { resolved, weights, notes } = await open(`onnx/light_${name}.onnx`);
		const { total } = graphCost(resolved);
		expect([total.params.trainable, total.macs, total.uncounted]).toEqual([params, macs, 0]);
		expect(weights).toBeNull();
		expect(notes.map(({ code }) => code)).toContain('noWeights');
	});

	it.each([
		['keras/fer2013_mini_XCEPTION.hdf5', 'Keras', 58_423, 10_163_392],
		['caffe/alexnet_deploy.prototxt', 'Caffe', 60_965_224, 724_406_816],
		['caffe/googlenet_deploy.prototxt', 'Caffe', 6_998_552, 1_582_671_872],
		['caffe/mobilenet_deploy.prototxt', 'Caffe', 4_231_976 + 21_888, 568_740_352],
		['tflite/person_detect.tflite', 'TFLite', 210_706, 7_157_888]
	])('%s', async (file, format, params, macs) => {
		const opened = await open(file);
		const { total } = graphCost(opened.resolved);
		expect(opened.format).toBe(format);
		expect([total.params.trainable + total.params.bnStatistics, total.macs, total.uncounted]).toEqual([
			params,
			macs,
			0
		]);
	});

	it('tflite/person_detect.tflite keeps its integers, of which the numbers are a view', async () => {
		const { weights } = await open('tflite/person_detect.tflite');
		const kernels = Object.values(weights!).map(({ kernel }) => kernel!);
		for (const { data, shape, quantized } of kernels) {
			const { values, scales, zeroPoints, axis } = quantized!;
			expect(values.every((value) => value >= -128 && value <= 127)).toBe(true);
			const inner = shape.slice((axis ?? 0) + 1).reduce((product, n) => product * n, 1);
			const at = (i: number) => (axis === null ? 0 : Math.floor(i / inner) % scales.length);
			const expected = Array.from(values, (value, i) =>
				Math.fround((value - zeroPoints[at(i)]!) * scales[at(i)]!)
			);
			expect(Array.from(data)).toEqual(expected);
		}
	});

	it('onnx/yolox_nano.onnx: three heads are counted, and their positions stand in one row', async () => {
		const { resolved, notes } = await open('onnx/yolox_nano.onnx');
		const { total } = graphCost(resolved);
		expect([total.macs, total.uncounted]).toEqual([522_553_408, 0]);
		expect(notes.filter(({ code }) => code === 'opaque')).toEqual([]);
		expect(resolved.output.shape).toEqual([1, 3549, 85]);
	});
});
