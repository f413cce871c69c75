import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { graphCost, layerRows, networks, resolveGraph, type ResolvedGraph } from '$lib/nets';

/*
 * MobileNet and Xception written a second time, with the layers of Keras as TensorFlow.js has them and after Keras's own
 * definitions (keras/applications/mobilenet.py, xception.py); parameters and shapes are counted by the library.
 */

type Tensor = layers.SymbolicTensor;

const conv = (
	x: Tensor,
	name: string,
	filters: number,
	kernelSize: number,
	strides: number,
	padding: 'same' | 'valid'
) =>
	layers.layers
		.conv2d({ name, filters, kernelSize, strides, padding, useBias: false, kernelInitializer: 'zeros' })
		.apply(x) as Tensor;
const norm = (x: Tensor, name: string) => layers.layers.batchNormalization({ name }).apply(x) as Tensor;
const relu = (x: Tensor) => layers.layers.reLU().apply(x) as Tensor;
const dense = (x: Tensor, name: string, units: number) => {
	const pooled = layers.layers.globalAveragePooling2d({}).apply(x) as Tensor;
	return layers.layers.dense({ name, units, kernelInitializer: 'zeros' }).apply(pooled) as Tensor;
};

function kerasMobileNet(alpha: number, size: number): layers.LayersModel {
	const input = layers.input({ shape: [size, size, 3] });
	const scaled = (filters: number) => Math.floor(filters * alpha);
	let x = relu(norm(conv(input, 'conv1', scaled(32), 3, 2, 'same'), 'conv1_bn'));
	const filters = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024];
	filters.forEach((channels, i) => {
		const strides = [1, 3, 5, 11].includes(i) ? 2 : 1;
		const depthwise = layers.layers.depthwiseConv2d({
			name: `conv_dw_${i + 1}`,
			kernelSize: 3,
			strides,
			padding: 'same',
			useBias: false,
			depthwiseInitializer: 'zeros'
		});
		x = relu(norm(depthwise.apply(x) as Tensor, `conv_dw_${i + 1}_bn`));
		x = relu(norm(conv(x, `conv_pw_${i + 1}`, scaled(channels), 1, 1, 'same'), `conv_pw_${i + 1}_bn`));
	});
	return layers.model({ inputs: input, outputs: dense(x, 'conv_preds', 1000) });
}

function kerasXception(): layers.LayersModel {
	const input = layers.input({ shape: [299, 299, 3] });
	const separable = (x: Tensor, name: string, filters: number) => {
		const layer = layers.layers.separableConv2d({
			name,
			filters,
			kernelSize: 3,
			padding: 'same',
			useBias: false,
			depthwiseInitializer: 'zeros',
			pointwiseInitializer: 'zeros'
		});
		return norm(layer.apply(x) as Tensor, `${name}_bn`);
	};
	const pool = (x: Tensor) =>
		layers.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(x) as Tensor;
	const sum = (a: Tensor, b: Tensor) => layers.layers.add().apply([a, b]) as Tensor;

	let x = relu(norm(conv(input, 'block1_conv1', 32, 3, 2, 'valid'), 'block1_conv1_bn'));
	x = relu(norm(conv(x, 'block1_conv2', 64, 3, 1, 'valid'), 'block1_conv2_bn'));
	for (const [block, first, second] of [
		[2, 128, 128],
		[3, 256, 256],
		[4, 728, 728],
		[13, 728, 1024]
	] as const) {
		if (block === 13) {
			for (let middle = 5; middle <= 12; middle++) {
				let branch = x;
				for (const i of [1, 2, 3]) branch = separable(relu(branch), `block${middle}_sepconv${i}`, 728);
				x = sum(branch, x);
			}
		}
		const shortcut = norm(
			conv(x, `block${block}_shortcut`, second, 1, 2, 'same'),
			`block${block}_shortcut_bn`
		);
		let branch = separable(block === 2 ? x : relu(x), `block${block}_sepconv1`, first);
		branch = separable(relu(branch), `block${block}_sepconv2`, second);
		x = sum(pool(branch), shortcut);
	}
	x = relu(separable(x, 'block14_sepconv1', 1536));
	x = relu(separable(x, 'block14_sepconv2', 2048));
	return layers.model({ inputs: input, outputs: dense(x, 'predictions', 1000) });
}

/** Parameters and output shape of the library's layer of this name. */
function kerasLayer(model: layers.LayersModel, name: string) {
	const layer = model.getLayer(name);
	return { params: layer.countParams(), output: layer.outputShape.slice(-3) as number[] };
}

function expectSameTotals(model: layers.LayersModel, resolved: ResolvedGraph) {
	const { trainable, bnStatistics } = graphCost(resolved).total.params;
	const size = (weights: layers.LayerVariable[]) =>
		weights.reduce((sum, { shape }) => sum + shape.reduce<number>((a, b) => a * (b ?? 1), 1), 0);
	expect(trainable).toBe(size(model.trainableWeights));
	expect(trainable + bnStatistics).toBe(model.countParams());
}

beforeAll(async () => {
	// Without this the backend advises another one, at length.
	tf.env().set('IS_TEST', true);
	await tf.setBackend('cpu');
});
beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

describe('against the layers of Keras', () => {
	it.each([
		[1, 224],
		[0.5, 160],
		[0.35, 96]
	])('MobileNet α = %d at %d: every layer’s parameters and output', (alpha, resolution) => {
		const model = kerasMobileNet(alpha, resolution);
		const resolved = resolveGraph(networks.mobilenet.build({ alpha, resolution }));
		expectSameTotals(model, resolved);
		for (const row of layerRows(resolved).filter(({ op, id }) => op === 'conv2d' && id !== 'conv_preds')) {
			expect({ params: row.params.trainable, output: row.output }).toEqual(kerasLayer(model, row.id));
		}
	});

	it('Xception: every layer’s parameters and output', () => {
		const model = kerasXception();
		const resolved = resolveGraph(networks.xception.build());
		expectSameTotals(model, resolved);
		const rows = new Map(layerRows(resolved).map((row) => [row.id, row]));
		for (const row of rows.values()) {
			if (row.op !== 'conv2d' || row.id.endsWith('_dw')) continue;
			const depthwise = rows.get(row.id.replace(/_pw$/, '_dw'));
			const isSeparable = row.id.endsWith('_pw');
			const params = row.params.trainable + (isSeparable ? depthwise!.params.trainable : 0);
			const keras = kerasLayer(model, row.id.replace(/_pw$/, ''));
			expect({ id: row.id, params, output: row.output }).toEqual({ id: row.id, ...keras });
		}
	});
});
