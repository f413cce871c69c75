import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conv2dGeometry, operators, sizeOf, type Tensor, tensor, zeros } from '$lib/ops';

const { channelShuffle, conv2d } = operators;
const whole = (max: number) => fc.integer({ min: 1, max });

/** Where a shuffle sends each channel of a vector. */
function shuffle(input: Tensor, groups: number): Tensor {
	return channelShuffle.run([input], {}, channelShuffle.geometry([input.shape], { groups }))[0]!;
}

describe('channelShuffle', () => {
	const channels = (c: number) => tensor([1, 1, c] as const, [...Array(c).keys()]);

	it('sends channel i of C to (i mod (C/g)) · g + floor(i / (C/g))', () => {
		fc.assert(
			fc.property(whole(8), whole(8), (groups, perGroup) => {
				const c = groups * perGroup;
				const { data } = shuffle(channels(c), groups);
				for (let i = 0; i < c; i++) {
					expect(data[(i % perGroup) * groups + Math.floor(i / perGroup)]).toBe(i);
				}
			})
		);
	});

	it('is a permutation that C/g groups undo', () => {
		fc.assert(
			fc.property(whole(8), whole(8), (groups, perGroup) => {
				const input = channels(groups * perGroup);
				const shuffled = shuffle(input, groups);
				expect([...shuffled.data].sort((a, b) => a - b)).toEqual([...input.data]);
				expect(shuffle(shuffled, perGroup)).toEqual(input);
			})
		);
	});
});

describe('a depthwise convolution followed by a pointwise one', () => {
	it('is the standard convolution with the product of their kernels', () => {
		const sizes = fc.record({
			kernelSize: fc.tuple(whole(3), whole(3)),
			stride: fc.tuple(whole(2), whole(2)),
			channels: whole(3),
			multiplier: whole(2),
			outChannels: whole(3),
			seed: fc.nat()
		});
		fc.assert(
			fc.property(sizes, ({ kernelSize, stride, channels, multiplier, outChannels, seed }) => {
				const between = channels * multiplier;
				const window = { kernelSize, stride, padding: 'same', bias: false } as const;
				const deep = conv2d.geometry([[5, 4, channels]], {
					...window,
					outChannels: between,
					groups: channels
				});
				const point = conv2d.geometry(deep.outputs, { kernelSize: 1, outChannels, bias: false });
				const dense = conv2d.geometry([[5, 4, channels]], { ...window, outChannels });

				// Small whole numbers, so that sums are exact in any order.
				const digits = (g: Conv2dGeometry, by: number) => {
					const [kernel] = conv2d.weights(g);
					const values = Array.from({ length: sizeOf(kernel!.shape) }, (_, i) => ((i * by + seed) % 9) - 4);
					return tensor(kernel!.shape, values);
				};
				const depthwise = digits(deep, 5);
				const pointwise = digits(point, 7);
				const input = tensor(
					[5, 4, channels] as const,
					Array.from({ length: 20 * channels }, (_, i) => (i * 3 + seed) % 11)
				);

				const product = zeros(conv2d.weights(dense)[0]!.shape);
				const [kh, kw] = kernelSize;
				for (let k = 0; k < kh * kw; k++) {
					for (let middle = 0; middle < between; middle++) {
						const c = Math.floor(middle / multiplier);
						for (let o = 0; o < outChannels; o++) {
							product.data[(k * channels + c) * outChannels + o]! +=
								depthwise.data[k * between + middle]! * pointwise.data[middle * outChannels + o]!;
						}
					}
				}

				const [half] = conv2d.run([input], { kernel: depthwise }, deep);
				const separate = conv2d.run([half!], { kernel: pointwise }, point);
				expect(conv2d.run([input], { kernel: product }, dense)).toEqual(separate);
			})
		);
	});

	it('costs 1 / outChannels + 1 / kernel of it', () => {
		fc.assert(
			fc.property(whole(5), whole(9), whole(9), (kernelSize, channels, outChannels) => {
				const macs = (options: { kernelSize: number; outChannels: number; groups?: number }) =>
					conv2d.cost(conv2d.geometry([[7, 7, channels]], { ...options, padding: 'same' })).macs;
				const separable =
					macs({ kernelSize, outChannels: channels, groups: channels }) +
					macs({ kernelSize: 1, outChannels });
				const share = separable / macs({ kernelSize, outChannels });
				expect(share).toBeCloseTo(1 / outChannels + 1 / kernelSize ** 2, 12);
			})
		);
	});
});

describe('groups', () => {
	it('a grouped convolution is one convolution a group, side by side', () => {
		const sizes = fc.record({ groups: whole(4), each: whole(3), filters: whole(3), seed: fc.nat() });
		fc.assert(
			fc.property(sizes, ({ groups, each, filters, seed }) => {
				const { concat, split } = operators;
				const input = tensor(
					[4, 4, groups * each] as const,
					Array.from({ length: 16 * groups * each }, (_, i) => (i * 5 + seed) % 13)
				);
				const options = { kernelSize: 2, bias: false };
				const g = conv2d.geometry([input.shape], { ...options, outChannels: groups * filters, groups });
				const { shape } = conv2d.weights(g)[0]!;
				const kernel = tensor(
					shape,
					Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7 + seed) % 9) - 4)
				);
				const whole = conv2d.run([input], { kernel }, g)[0]!;

				const sizes = Array<number>(groups).fill(each);
				const parts = split.run([input], {}, split.geometry([input.shape], { sizes }));
				const results = parts.map((part, group) => {
					const one = conv2d.geometry([part.shape], { ...options, outChannels: filters });
					const own = Array.from({ length: 4 * each * filters }, (_, i) => {
						const row = Math.floor(i / filters);
						return kernel.data[row * groups * filters + group * filters + (i % filters)]!;
					});
					return conv2d.run([part], { kernel: tensor([2, 2, each, filters], own) }, one)[0]!;
				});
				if (groups === 1) expect(whole).toEqual(results[0]);
				else {
					const joint = concat.geometry(
						results.map((result) => result.shape),
						{}
					);
					expect(concat.run(results, {}, joint)[0]).toEqual(whole);
				}
			})
		);
	});
});
