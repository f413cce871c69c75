import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLayer, encodeLayer } from '$lib/nets/compression/code';
import { bitsOf, compressionSteps, compressLayer, valuesAfter } from '$lib/nets/compression/layer';
import { compressNetwork, weightsAfter } from '$lib/nets/compression/network';
import { pruneByMagnitude } from '$lib/nets/compression/prune';
import { shareValues } from '$lib/nets/compression/share';
import { networkById, randomNumbers, randomWeights, resolveGraph } from '$lib/nets';

const floats = (range: fc.FloatConstraints = { min: -100, max: 100 }) =>
	fc.array(fc.float({ ...range, noNaN: true }), { maxLength: 400 }).map((of) => Float32Array.from(of));

/** Weights that are distributed as trained ones are: many small, few large. */
function bell(count: number, seed: string): Float32Array {
	const random = randomNumbers(seed);
	return Float32Array.from({ length: count }, () => {
		const spread = random() < 0.1 ? 0.2 : 0.05;
		return spread * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	});
}

describe('pruneByMagnitude(weights, share)', () => {
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	it('keeps the largest: as many as the share leaves, none of them smaller than one that is left out', () => {
		fc.assert(
			fc.property(floats(), share, (weights, of) => {
				const stored = new Set(pruneByMagnitude(weights, of));
				const leftOut = Math.round(of * weights.length);
				const magnitudes = weights.map(Math.abs);
				const zeros = leftOut === 0 ? 0 : magnitudes.filter((value) => value === 0).length;
				expect(stored.size).toBe(weights.length - Math.max(leftOut, zeros));
				const least = Math.min(...magnitudes.filter((_, i) => stored.has(i)), Infinity);
				const most = Math.max(...magnitudes.filter((_, i) => !stored.has(i)), 0);
				expect(least).toBeGreaterThanOrEqual(most);
			})
		);
	});
	it('of equal ones leaves out the first; of none leaves out all or nothing', () => {
		expect([...pruneByMagnitude(Float32Array.of(1, -1, 1, -1), 0.5)]).toEqual([2, 3]);
		expect([...pruneByMagnitude(Float32Array.of(0, 2, 0), 0)]).toEqual([0, 1, 2]);
		expect([...pruneByMagnitude(Float32Array.of(0, 2, 0), 0.34)]).toEqual([1]);
		expect([...pruneByMagnitude(Float32Array.of(3, 4), 1)]).toEqual([]);
		expect(() => pruneByMagnitude(Float32Array.of(1), 1.5)).toThrow('share is 1.5, expected 0 to 1');
	});
});

describe('shareValues(values, bits)', () => {
	const squared = (values: Float32Array, bits: number) => {
		const { codebook, codes } = shareValues(values, bits);
		return values.reduce((sum, value, i) => sum + (value - codebook[codes[i]!]!) ** 2, 0);
	};
	it('gives each value the nearest of at most 2^bits, which lie among the values', () => {
		fc.assert(
			fc.property(floats(), fc.integer({ min: 1, max: 8 }), (values, bits) => {
				const { codebook, codes } = shareValues(values, bits);
				expect(codebook.length).toBeLessThanOrEqual(2 ** bits);
				expect([...codebook]).toEqual([...codebook].sort((a, b) => a - b));
				const tolerance = 1e-5 * Math.max(1, ...values.map(Math.abs));
				for (const [i, value] of values.entries()) {
					const nearest = Math.min(...codebook.map((centroid) => Math.abs(value - centroid)));
					expect(Math.abs(value - codebook[codes[i]!]!)).toBeLessThanOrEqual(nearest + tolerance);
				}
			})
		);
	});
	it('is no worse than centroids at equal distances, which it begins with', () => {
		fc.assert(
			fc.property(floats(), fc.integer({ min: 1, max: 6 }), (values, bits) => {
				if (values.length === 0) return;
				const [least, most] = [Math.min(...values), Math.max(...values)];
				const step = (most - least) / (2 ** bits - 1) || 1;
				const even = values.reduce(
					(sum, value) => sum + (value - (least + step * Math.round((value - least) / step))) ** 2,
					0
				);
				expect(squared(values, bits)).toBeLessThanOrEqual(even * (1 + 1e-5) + 1e-6);
			})
		);
	});
	it('of weights as they are after training, the error never grows with bits', () => {
		fc.assert(
			fc.property(fc.integer({ min: 64, max: 3000 }), fc.nat(), (count, seed) => {
				const values = bell(count, `bits ${seed}`);
				const errors = [1, 2, 3, 4, 5, 6, 7, 8].map((bits) => squared(values, bits));
				for (let i = 1; i < errors.length; i++)
					expect(errors[i]!).toBeLessThanOrEqual(errors[i - 1]! * (1 + 1e-6));
			})
		);
	});
	it('as many values as there are codes are kept as they are; none gives none', () => {
		expect([...shareValues(Float32Array.of(3, 1, 3), 1).codebook]).toEqual([1, 3]);
		expect([...shareValues(Float32Array.of(3, 1, 3), 1).codes]).toEqual([1, 0, 1]);
		expect(shareValues(new Float32Array(), 5)).toEqual({
			codebook: new Float32Array(),
			codes: new Uint8Array()
		});
		expect(() => shareValues(Float32Array.of(1), 9)).toThrow('bits is 9');
	});
	it("settles where Lloyd's algorithm on all values does", () => {
		const values = bell(500, 'lloyd');
		const [least, most] = [Math.min(...values), Math.max(...values)];
		let centroids = [0, 1, 2, 3].map((i) => least + ((most - least) * i) / 3);
		for (let round = 0; round < 500; round++) {
			const of = centroids.map((): number[] => []);
			for (const value of values) {
				const distances = centroids.map((centroid) => Math.abs(value - centroid));
				of[distances.indexOf(Math.min(...distances))]!.push(value);
			}
			centroids = centroids.map((c, i) =>
				of[i]!.length === 0 ? c : of[i]!.reduce((sum, value) => sum + value, 0) / of[i]!.length
			);
		}
		shareValues(values, 2).codebook.forEach((value, i) => expect(value).toBeCloseTo(centroids[i]!, 5));
	});
});

describe('compressLayer(weights, options)', () => {
	const options = fc.record({
		prune: fc.constantFrom(0, 0.3, 0.6, 0.95, 1),
		bits: fc.integer({ min: 1, max: 8 }),
		gapBits: fc.integer({ min: 1, max: 8 })
	});
	const weights = fc.oneof(floats(), floats({ min: Math.fround(-1e6), max: Math.fround(1e6) }));

	it('decodeLayer(encodeLayer(layer)) is its weights, and has the bytes that were counted', () => {
		fc.assert(
			fc.property(weights, options, (given, how) => {
				const layer = compressLayer(given, how);
				const bytes = encodeLayer(layer);
				expect(bytes.length).toBe(Math.ceil(bitsOf(layer.size.huffman) / 8));
				expect(decodeLayer(bytes, given.length)).toEqual(valuesAfter('huffman', given, layer));
			})
		);
	});

	it('the error is that of the weights after each step', () => {
		fc.assert(
			fc.property(weights, options, (given, how) => {
				const layer = compressLayer(given, how);
				for (const step of compressionSteps) {
					const after = valuesAfter(step, given, layer);
					const squares = given.reduce((sum, value, i) => sum + (value - after[i]!) ** 2, 0);
					expect(layer.error[step]).toBeCloseTo(Math.sqrt(squares / Math.max(1, given.length)), 8);
				}
			})
		);
	});

	it('counts by hand: 8 weights, half pruned, 1 bit', () => {
		const layer = compressLayer(Float32Array.of(0.01, 1, 0.02, 0.03, -1, 1, 0.04, 1), {
			prune: 0.5,
			bits: 1
		});
		expect([...layer.gaps]).toEqual([1, 2, 0, 1]);
		expect([...layer.codebook]).toEqual([-1, 1]);
		expect(layer.size).toEqual({
			float32: { values: 256, gaps: 0, tables: 0 },
			float16: { values: 128, gaps: 0, tables: 0 },
			pruned: { values: 4 * 16, gaps: 4 * 4, tables: 37 },
			shared: { values: 4 * 1, gaps: 4 * 4, tables: 37 + 13 + 2 * 16 },
			// Gaps 1, 2, 0, 1 take 1 + 2 + 2 + 1 bits; tables have 2 + 16 lengths of 6 bits.
			huffman: { values: 4, gaps: 6, tables: 37 + 13 + 2 * 16 + 18 * 6 }
		});
	});

	it('does without indices where nothing is pruned', () => {
		const layer = compressLayer(bell(100, 'dense'), { prune: 0, bits: 4 });
		expect(layer.positions.length).toBe(100);
		expect([layer.gapBits, layer.size.huffman.gaps, layer.gapLengths.length]).toEqual([0, 0, 0]);
	});

	it('fewer bits and more pruning never make it larger after sharing', () => {
		const given = bell(5000, 'sizes');
		const size = (prune: number, bits: number) => bitsOf(compressLayer(given, { prune, bits }).size.huffman);
		for (const bits of [2, 5, 8])
			for (const prune of [0.5, 0.7, 0.9]) {
				expect(size(prune, bits - 1)).toBeLessThan(size(prune, bits));
				expect(size(prune + 0.05, bits)).toBeLessThan(size(prune, bits));
			}
	});

	it('bytes that are cut short are an error', () => {
		const bytes = encodeLayer(compressLayer(bell(100, 'cut'), { prune: 0.5, bits: 4 }));
		expect(() => decodeLayer(bytes.slice(0, -2), 100)).toThrow('the code ends after');
	});
});

describe('compressNetwork', () => {
	const resolved = resolveGraph(networkById('mobilenet').build({ alpha: 0.25, resolution: 64, classes: 10 }));
	const weights = Object.fromEntries(
		Object.entries(randomWeights(resolved, 1)).map(([id, of]) => [
			id,
			Object.fromEntries(
				Object.entries(of).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }])
			)
		])
	);
	const progress: number[] = [];
	const compressed = compressNetwork(resolved, weights, { prune: 0.6, bits: 5 }, (done) =>
		progress.push(done)
	);
	const counts = Object.values(weights).flatMap((of) => Object.values(of).map(({ data }) => data.length));
	const all = counts.reduce((sum, count) => sum + count, 0);

	it('counts all kernels and the rest, step by step', () => {
		expect(compressed.total.float32).toBe(4 * all);
		expect(compressed.total.float16).toBe(2 * all);
		expect(compressed.kernels.length).toBe(28);
		expect(progress.at(-1)).toBe(all);
		const { total } = compressed;
		for (const step of compressionSteps)
			expect(total[step]).toBe(
				compressed.kernels.reduce((sum, { bytes }) => sum + bytes[step], compressed.rest.bytes[step])
			);
		expect(total.huffman).toBeLessThan(total.shared);
		expect(total.shared).toBeLessThan(total.pruned);
	});

	it('gives all weights as they are after a step, which decoding gives too', () => {
		const after = weightsAfter('huffman', resolved, weights, compressed);
		expect(Object.keys(after)).toEqual(Object.keys(weights));
		for (const { id, layer } of compressed.kernels) {
			expect(after[id]!['kernel']!.data).toEqual(decodeLayer(encodeLayer(layer), layer.count));
			expect(after[id]!['kernel']!.shape).toEqual(weights[id]!['kernel']!.shape);
		}
		const first = weightsAfter('float32', resolved, weights, compressed);
		expect(first['conv1']!['kernel']!.data).toBe(weights['conv1']!['kernel']!.data);
		expect(compressed.relativeError).toBeGreaterThan(0);
		expect(compressed.relativeError).toBeLessThan(1);
	});
});
