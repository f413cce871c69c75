import { describe, expect, it } from 'vitest';
import { tensor } from '$lib/ops';
import { compareOutputs } from '$lib/viz/figures/bench/compareOutputs';

const output = tensor([1, 2, 2] as const, [1, -2000, 3, 4]);

describe('compareOutputs(output, values)', () => {
	it('equal: no difference, nowhere', () => {
		expect(compareOutputs(output, [1, -2000, 3, 4])).toEqual({
			count: 4,
			difference: 0,
			at: null,
			agrees: true
		});
	});
	it('agrees within what float32 rounds of the largest value', () => {
		expect(compareOutputs(output, [1, -2000.01, 3, 4])).toMatchObject({ agrees: true });
		expect(compareOutputs(output, [1, -2000.03, 3, 4])).toMatchObject({ agrees: false });
	});
	it('says where the largest difference is', () => {
		expect(compareOutputs(output, [1.5, -2000, 5, 4])).toEqual({
			count: 4,
			difference: 2,
			at: { tensor: 0, y: 0, x: 1, channel: 0 },
			agrees: false
		});
	});
	it('never agrees with what is not a number', () => {
		expect(compareOutputs(output, [NaN, -2000, 3, 4])).toMatchObject({ difference: Infinity, agrees: false });
	});
	it('throws where their numbers differ', () => {
		expect(() => compareOutputs(output, [1])).toThrow('1 values came back, and the output has 4');
	});
});
