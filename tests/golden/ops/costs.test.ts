import { describe, expect, it } from 'vitest';
import { type Kind, operatorOf, type OptionsOf, type Shape } from '$lib/ops';

function layer<K extends Kind>(kind: K, inputs: readonly Shape[], options: OptionsOf<K>) {
	const operator = operatorOf(kind);
	const g = operator.geometry(inputs, options);
	return { outputs: g.outputs, ...operator.cost(g) };
}

describe('the 5×5×2 → 3×3×3 example of the design', () => {
	const options = { kernelSize: 3, bias: false } as const;

	it('standard: 3·3·3 values of 3·3·2 taps = 486 MACs, 54 weights', () => {
		const cost = layer('conv2d', [[5, 5, 2]], { ...options, outChannels: 3 });
		expect(cost.outputs).toEqual([[3, 3, 3]]);
		expect(cost).toMatchObject({ macs: 486, otherOps: 0, params: { weight: 54, bias: 0 } });
		// 4 bytes for each of 50 inputs and 54 weights, and for 27 outputs
		expect(cost).toMatchObject({ bytesRead: 416, bytesWritten: 108 });
	});

	it('depthwise, then pointwise: 162 + 54 = 216 MACs, 4/9 of it', () => {
		const depthwise = layer('conv2d', [[5, 5, 2]], { ...options, outChannels: 2, groups: 2 });
		const pointwise = layer('conv2d', depthwise.outputs, { kernelSize: 1, outChannels: 3, bias: false });
		expect([depthwise.macs, pointwise.macs]).toEqual([162, 54]);
		expect((depthwise.macs + pointwise.macs) / 486).toBe(4 / 9);
		expect([depthwise.params.weight, pointwise.params.weight]).toEqual([18, 6]);
	});
});

describe('layers of papers', () => {
	it('MobileNet (arXiv 1704.04861), table 1: the first depthwise and pointwise layers', () => {
		const depthwise = { kernelSize: 3, padding: 'same', outChannels: 32, groups: 32, bias: false } as const;
		// 112² · 32 · 9 and 112² · 32 · 64
		expect(layer('conv2d', [[112, 112, 32]], depthwise).macs).toBe(3_612_672);
		const pointwise = { kernelSize: 1, outChannels: 64, bias: false };
		expect(layer('conv2d', [[112, 112, 32]], pointwise).macs).toBe(25_690_112);
	});

	it('AlexNet (NeurIPS 2012), section 3.5: 256 kernels of 5×5×48 on two GPUs', () => {
		const options = { kernelSize: 5, padding: 2, outChannels: 256, groups: 2 };
		// 27² · 256 · 5² · 48 MACs; 5² · 48 · 256 weights
		expect(layer('conv2d', [[27, 27, 96]], options)).toMatchObject({
			outputs: [[27, 27, 256]],
			macs: 223_948_800,
			otherOps: 27 * 27 * 256,
			params: { weight: 307_200, bias: 256 }
		});
	});

	it('VGG-16 (arXiv 1409.1556): its first fully connected layer', () => {
		// 7 · 7 · 512 · 4096
		expect(layer('dense', [[7, 7, 512]], { outChannels: 4096 })).toMatchObject({
			macs: 102_760_448,
			params: { weight: 102_760_448, bias: 4096 }
		});
	});

	it('SqueezeNet (arXiv 1602.07360), table 1: 227 → 111 → 55 → 27 → 13', () => {
		const conv1 = layer('conv2d', [[227, 227, 3]], { kernelSize: 7, stride: 2, outChannels: 96 });
		const pool = (inputs: readonly Shape[]) =>
			layer('maxPool', inputs, { kernelSize: 3, stride: 2, ceil: true }).outputs;
		const sizes = [conv1.outputs];
		for (let i = 0; i < 3; i++) sizes.push(pool(sizes.at(-1)!));
		expect(sizes.map(([shape]) => shape![0])).toEqual([111, 55, 27, 13]);
	});

	it('Xception (arXiv 1610.02357), figure 5: 299 → 149 → 147, then halves with same padding', () => {
		const valid = { kernelSize: 3, outChannels: 32 };
		const conv1 = layer('conv2d', [[299, 299, 3]], { ...valid, stride: 2 }).outputs;
		const sizes = [conv1, layer('conv2d', conv1, valid).outputs];
		for (let i = 0; i < 4; i++) {
			sizes.push(layer('maxPool', sizes.at(-1)!, { kernelSize: 3, stride: 2, padding: 'same' }).outputs);
		}
		expect(sizes.map(([shape]) => shape![0])).toEqual([149, 147, 74, 37, 19, 10]);
	});
});

describe('what is beside the MACs', () => {
	const beside = <K extends Kind>(kind: K, inputs: readonly Shape[], options: OptionsOf<K>) => {
		const { macs, otherOps } = layer(kind, inputs, options);
		expect(macs).toBe(0);
		return otherOps;
	};
	const shape: Shape = [4, 4, 3];

	it('pools: a comparison or addition a tap, and a division an average', () => {
		expect(beside('maxPool', [shape], { kernelSize: 2 })).toBe(2 * 2 * 3 * 4);
		expect(beside('avgPool', [shape], { kernelSize: 2 })).toBe(2 * 2 * 3 * 5);
		expect(beside('globalAvgPool', [shape], {})).toBe(48 + 3);
	});

	it('norms', () => {
		expect(beside('batchNorm', [shape], {})).toBe(2 * 48);
		expect(layer('batchNorm', [shape], {}).params).toEqual({
			weight: 0,
			bias: 0,
			bnTrainable: 6,
			bnStatistics: 6
		});
		// Five squares and additions, then alpha, bias, power and quotient
		expect(beside('localResponseNorm', [shape], {})).toBe(14 * 48);
	});

	it('joins: one less than the inputs; moving channels is free of arithmetic, not of memory', () => {
		expect(beside('add', [shape, shape, shape], {})).toBe(2 * 48);
		expect(beside('multiply', [shape, [1, 1, 3]], {})).toBe(48);
		expect(beside('concat', [shape, shape], {})).toBe(0);
		expect(beside('split', [shape], { sizes: [1, 2] })).toBe(0);
		expect(beside('channelShuffle', [shape], { groups: 3 })).toBe(0);
		expect(layer('channelShuffle', [shape], { groups: 3 })).toMatchObject({
			bytesRead: 4 * 48,
			bytesWritten: 4 * 48
		});
	});

	it('transposed convolution: MACs are the products that land; the cropped ones are told apart', () => {
		const options = { kernelSize: 3, stride: 2, outChannels: 5, bias: false } as const;
		// All 2² positions put 3² products a pair of channels: 2² · 3² · 3 · 5
		expect(layer('transposedConv2d', [[2, 2, 3]], options).macs).toBe(540);
		// Rows of the output get 1, 1, 2, 1 of the 6 products of rows: 5² · 3 · 5 land
		expect(layer('transposedConv2d', [[2, 2, 3]], { ...options, padding: 'same' }).macs).toBe(375);
		const g = operatorOf('transposedConv2d').geometry([[2, 2, 3]], { ...options, padding: 'same' });
		expect(g).toMatchObject({ landing: 25, cropped: 11 });
	});
});
