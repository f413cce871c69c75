import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import { matchWeights, nameWeights } from '../../../src/lib/formats/match';
import { decode } from '../../../src/lib/formats/numbers';
import { fromFloat16, toFloat16 } from '../../../src/lib/nets/float16';
import { readSafetensors } from '../../../src/lib/formats/safetensors';
import { type NamedTensor, WeightsError } from '../../../src/lib/formats/tensors';
import { parseManifest, readTensors, writeTensors } from '../../../src/lib/formats/tfjs';
import { GraphBuilder, networkById, resolveGraph, weightSpecs } from '../../../src/lib/nets';
import { sizeOf } from '../../../src/lib/ops';

/** What is thrown. */
function thrown(run: () => unknown): WeightsError {
	try {
		run();
	} catch (error) {
		if (error instanceof WeightsError) return error;
		throw error;
	}
	throw new Error('nothing was thrown');
}

const tensors: fc.Arbitrary<NamedTensor[]> = fc
	.array(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }), { minLength: 1, maxLength: 6 })
	.chain((shapes) =>
		fc.tuple(
			...shapes.map((shape, i) => {
				const length = shape.reduce((product, n) => product * n, 1);
				return fc
					.float32Array({ minLength: length, maxLength: length, noNaN: true, max: 1000, min: -1000 })
					.map((data): NamedTensor => ({ name: `tensor${i}/kernel`, shape, data }));
			})
		)
	);

describe('float16', () => {
	it('fromFloat16 then toFloat16 gives the same bits, for every number', () => {
		for (let bits = 0; bits < 0x10000; bits++) {
			const value = fromFloat16(bits);
			if (!Number.isNaN(value)) expect(toFloat16(value)).toBe(bits);
		}
	});

	it.each([
		[1, 0x3c00],
		[-2, 0xc000],
		[65504, 0x7bff],
		[65520, 0x7c00],
		[2 ** -24, 1],
		[1 + 2 ** -11, 0x3c00],
		[1 + 3 * 2 ** -11, 0x3c02],
		[2 - 2 ** -12, 0x4000],
		[NaN, 0x7e00]
	])('toFloat16(%d) is %i', (value, bits) => expect(toFloat16(value)).toBe(bits));
});

describe('decode', () => {
	it('reads each kind of number, little-endian, at any offset', () => {
		const bytes = (array: ArrayBufferView) => {
			const odd = new Uint8Array(array.byteLength + 1);
			odd.set(new Uint8Array(array.buffer), 1);
			return odd.subarray(1);
		};
		expect([...decode(bytes(Float32Array.of(1.5, -2)), 'float32')]).toEqual([1.5, -2]);
		expect([...decode(bytes(Float64Array.of(1.5, -2)), 'float64')]).toEqual([1.5, -2]);
		expect([...decode(bytes(Uint16Array.of(0x3c00, 0xc000)), 'float16')]).toEqual([1, -2]);
		expect([...decode(bytes(Uint16Array.of(0x3fc0, 0xc000)), 'bfloat16')]).toEqual([1.5, -2]);
		expect([...decode(bytes(Int32Array.of(7, -7)), 'int32')]).toEqual([7, -7]);
		expect([...decode(bytes(BigInt64Array.of(7n, -7n)), 'int64')]).toEqual([7, -7]);
		expect([...decode(bytes(Int8Array.of(7, -7)), 'int8')]).toEqual([7, -7]);
		expect([...decode(bytes(Uint8Array.of(7, 249)), 'uint8')]).toEqual([7, 249]);
		expect([...decode(bytes(Uint16Array.of(7, 65529)), 'uint16')]).toEqual([7, 65529]);
	});
});

describe("TensorFlow.js's format", () => {
	it('what is written is read again, over any number of shards', () => {
		fc.assert(
			fc.property(tensors, fc.integer({ min: 1, max: 64 }), (written, shardBytes) => {
				const { model, shards } = writeTensors(written, { shardBytes });
				expect(readTensors(parseManifest(model), shards)).toEqual(written);
			})
		);
	});

	it.each([
		['float16', 2 ** -10],
		['uint8', 1 / 200],
		['uint16', 1 / 60000]
	] as const)('%s is read again to within %d of the range', (storage, within) => {
		fc.assert(
			fc.property(tensors, (written) => {
				const { model, shards } = writeTensors(written, { storage });
				for (const [i, { shape, data }] of readTensors(parseManifest(model), shards).entries()) {
					const expected = written[i]!;
					expect(shape).toEqual(expected.shape);
					const [low, high] = [Math.min(...expected.data), Math.max(...expected.data)];
					const range = Math.max(high - low, Math.abs(high), Math.abs(low));
					data.forEach((value, k) =>
						expect(Math.abs(value - expected.data[k]!)).toBeLessThanOrEqual(within * range + 2 ** -25)
					);
				}
			})
		);
	});

	it('what is quantised has value · scale + min', () => {
		const model = JSON.stringify({
			weightsManifest: [
				{
					paths: ['a'],
					weights: [
						{
							...{ name: 'w', shape: [3], dtype: 'float32' },
							quantization: { dtype: 'uint8', scale: 0.5, min: -1, original_dtype: 'float32' }
						}
					]
				}
			]
		});
		const [tensor] = readTensors(parseManifest(model), new Map([['a', Uint8Array.of(0, 2, 255)]]));
		expect([...tensor!.data]).toEqual([-1, 0, 126.5]);
	});

	it('errors name the file and what would be right', () => {
		const entry = { name: 'w', shape: [2], dtype: 'float32' };
		const manifest = (weights: unknown) =>
			parseManifest(JSON.stringify({ weightsManifest: [{ paths: ['a'], weights }] }));
		expect(thrown(() => parseManifest('{'))).toMatchObject({ code: 'notJson' });
		expect(thrown(() => parseManifest('{}')).message).toBe(
			'model.json at weightsManifest: expected "weightsManifest"'
		);
		expect(thrown(() => manifest([{ ...entry, shape: [-1] }])).params).toMatchObject({
			path: 'weightsManifest.0.weights.0.shape.0'
		});
		expect(thrown(() => readTensors(manifest([entry]), new Map())).message).toBe(
			'model.json names a, which is not there'
		);
		expect(thrown(() => readTensors(manifest([entry]), new Map([['a', new Uint8Array(7)]]))).message).toBe(
			'a: 7 bytes, expected 8'
		);
		expect(
			thrown(() => readTensors(manifest([{ ...entry, dtype: 'string' }]), new Map([['a', new Uint8Array()]])))
				.message
		).toBe('model.json: w is stored as string, which is not read');
		expect(
			thrown(() => readTensors(manifest([entry, entry]), new Map([['a', new Uint8Array(16)]]))).message
		).toBe('model.json: w is there twice');
	});
});

/** A safetensors file of float32 tensors. */
function safetensors(of: readonly NamedTensor[], more: object = {}): Uint8Array {
	let at = 0;
	const entries = of.map(({ name, shape, data }) => {
		const start = at;
		at += data.byteLength;
		return [name, { dtype: 'F32', shape, data_offsets: [start, at] }] as const;
	});
	const header = new TextEncoder().encode(JSON.stringify({ ...Object.fromEntries(entries), ...more }));
	const file = new Uint8Array(8 + header.length + at);
	new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
	file.set(header, 8);
	for (const [i, { data }] of of.entries())
		file.set(new Uint8Array(data.buffer), 8 + header.length + entries[i]![1].data_offsets[0]!);
	return file;
}

describe('readSafetensors', () => {
	it('reads names, shapes and values, metadata aside', () => {
		fc.assert(
			fc.property(tensors, (of) => {
				expect(readSafetensors(safetensors(of, { __metadata__: { format: 'pt' } }))).toEqual(of);
			})
		);
	});

	it('refuses what does not fit, whatever the bytes', () => {
		const file = safetensors([{ name: 'w', shape: [2], data: Float32Array.of(1, 2) }]);
		expect(thrown(() => readSafetensors(file.subarray(0, 5))).code).toBe('notSafetensors');
		expect(thrown(() => readSafetensors(file.subarray(0, -1))).message).toBe(
			'model.safetensors: w has 7 bytes, expected 8'
		);
		expect(
			thrown(() => readSafetensors(safetensors([], { w: { dtype: 'F4', shape: [], data_offsets: [0, 0] } })))
				.code
		).toBe('dataType');
		const same = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
		expect(thrown(() => readSafetensors(safetensors([], { w: same, v: same }))).message).toBe(
			'model.safetensors is no safetensors file: w and v overlap'
		);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				expect(thrown(() => readSafetensors(bytes))).toBeInstanceOf(WeightsError);
			})
		);
	});
});

describe('matchWeights', () => {
	const mobilenet = resolveGraph(networkById('mobilenet').build({ alpha: 0.05, resolution: 32, classes: 3 }));
	const weights = randomNetworkWeights(mobilenet, 1);

	it.each(['squeezenet', 'mobilenet', 'shufflenet', 'xception'])(
		'what nameWeights names is found again, for %s',
		(id) => {
			const resolved = resolveGraph(networkById(id).build({ classes: 3 }));
			const made = Object.fromEntries(
				weightSpecs(resolved).map(({ id, specs }) => [
					id,
					Object.fromEntries(
						specs.map(({ name, shape }) => [name, { shape, data: new Float32Array(sizeOf(shape)) }])
					)
				])
			);
			const { weights, problems } = matchWeights(resolved, nameWeights(resolved, made));
			expect(problems).toEqual([]);
			for (const { id, specs } of weightSpecs(resolved))
				for (const { name, shape } of specs) {
					expect(weights![id]![name]!.shape).toEqual(shape);
					expect(weights![id]![name]!.data).toBe(made[id]![name]!.data);
				}
		}
	);

	it('lists what is wrong by layer', () => {
		const named = nameWeights(mobilenet, weights).flatMap((tensor): NamedTensor[] => {
			if (tensor.name === 'conv_dw_1_bn/moving_variance')
				return [{ ...tensor, data: tensor.data.map((value, i) => (i === 0 ? -1 : value)) }];
			if (tensor.name === 'conv_pw_3/kernel') return [{ ...tensor, shape: [1, 1, 6, 7] }];
			if (tensor.name === 'conv_dw_2/depthwise_kernel') return [{ ...tensor, shape: [3, 3, 3, 2] }];
			if (tensor.name === 'conv1_bn/moving_variance') return [];
			if (tensor.name === 'conv1/kernel')
				return [{ ...tensor, data: tensor.data.map((value, i) => (i === 5 || i === 7 ? NaN : value)) }];
			if (tensor.name === 'conv_preds/bias') return [tensor, { ...tensor, name: 'conv_preds_2/bias' }];
			return [tensor];
		});
		expect(matchWeights(mobilenet, named).problems.map(({ message }) => message)).toEqual([
			'conv1: kernel has 2 values that are not finite, the first at 5',
			'conv1_bn: variance is missing; expected a tensor conv1_bn/moving_variance',
			'conv_dw_1_bn: variance is -1 at 0, and no variance is below 0',
			'conv_dw_2: kernel is 3×3×3×2, expected 3×3×3×1',
			'conv_pw_3: kernel is 1×1×6×7, expected 1×1×6×6',
			'conv_preds_2/bias: the network has no place for this tensor of 3'
		]);
	});

	it("reads Keras's separable convolutions, with both kernels under one name", () => {
		const xception = resolveGraph(
			networkById('xception').build({ width: 0.05, resolution: 71, repeats: 0, classes: 3 })
		);
		const made = randomNetworkWeights(xception, 1);
		const keras = nameWeights(xception, made).map(({ name, ...tensor }) => ({
			...tensor,
			name: `${name.replace('_dw/', '/').replace(/_pw\/kernel/, '/pointwise_kernel')}:0`
		}));
		expect(keras.map(({ name }) => name)).toContain('block2_sepconv1/pointwise_kernel:0');
		expect(matchWeights(xception, keras)).toEqual({ weights: made, problems: [] });
	});

	it("turns PyTorch's axes, of convolutions, grouped, depthwise and transposed, and of dense layers", () => {
		const net = new GraphBuilder('Axes', [4, 5, 6]);
		let x = net.conv2d('stem/conv', net.input, { outChannels: 8, kernelSize: [2, 3], groups: 2 });
		x = net.depthwiseConv2d('dw', x, { kernelSize: 2, channelMultiplier: 2, bias: false });
		x = net.op('transposedConv2d', 'up', x, { outChannels: 4, kernelSize: [1, 2], groups: 2 });
		x = net.dense('fc', net.batchNorm('bn', x), { outChannels: 3 });
		const resolved = resolveGraph(net.build(x));
		// Each value says where it is from, so that only the right turn restores it.
		const made = randomNetworkWeights(resolved, 3);
		const turn = (data: Float32Array, shape: number[], index: (at: number[]) => number): Float32Array =>
			Float32Array.from(data, (_, i) => {
				const at: number[] = [];
				let rest = i;
				for (const n of [...shape].reverse()) {
					at.unshift(rest % n);
					rest = Math.floor(rest / n);
				}
				return data[index(at)]!;
			});
		const kernel = (id: string) => made[id]!['kernel']!.data;
		const fc = resolved.byId.get('fc')!.inputs[0]!.shape;
		const files: NamedTensor[] = [
			{
				...{ name: 'stem.conv.weight', shape: [8, 3, 2, 3] },
				data: turn(kernel('stem/conv'), [8, 3, 2, 3], ([o, i, y, x]) => ((y! * 3 + x!) * 3 + i!) * 8 + o!)
			},
			{ name: 'stem.conv.bias', shape: [8], data: made['stem/conv']!['bias']!.data },
			{
				...{ name: 'dw.weight', shape: [16, 1, 2, 2] },
				data: turn(kernel('dw'), [16, 1, 2, 2], ([o, , y, x]) => (y! * 2 + x!) * 16 + o!)
			},
			{
				...{ name: 'up.weight', shape: [16, 2, 1, 2] },
				data: turn(
					kernel('up'),
					[16, 2, 1, 2],
					([i, o, , x]) => (x! * 8 + (i! % 8)) * 4 + Math.floor(i! / 8) * 2 + o!
				)
			},
			{ name: 'up.bias', shape: [4], data: made['up']!['bias']!.data },
			...Object.entries({ gamma: 'weight', beta: 'bias', mean: 'running_mean', variance: 'running_var' }).map(
				([ours, theirs]) => ({ name: `bn.${theirs}`, ...made['bn']![ours]! })
			),
			{ name: 'bn.num_batches_tracked', shape: [], data: Float32Array.of(9) },
			{
				...{ name: 'fc.weight', shape: [3, fc[0] * fc[1] * fc[2]] },
				data: turn(
					kernel('fc'),
					[3, fc[2], fc[0], fc[1]],
					([o, c, y, x]) => ((y! * fc[1] + x!) * fc[2] + c!) * 3 + o!
				)
			},
			{ name: 'fc.bias', shape: [3], data: made['fc']!['bias']!.data }
		];
		expect(matchWeights(resolved, files)).toEqual({ weights: made, problems: [] });
	});
});
