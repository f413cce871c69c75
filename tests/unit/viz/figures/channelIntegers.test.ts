import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integersOfChannels } from '$lib/viz/figures/channelIntegers/channels';

describe('integersOfChannels({ largest }, bits, granularity)', () => {
	it('one scale leaves a channel as much of 127 as it has of the widest', () => {
		expect(integersOfChannels({ largest: [1, 0.5, 0.1, 0.003] }, 8)).toEqual([127, 64, 13, 0]);
		expect(integersOfChannels({ largest: [1, 0.5, 0.1, 0.003] }, 3)).toEqual([3, 2, 0, 0]);
	});

	it('a scale each gives every channel the largest integer, but one that has no weights', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true }), { minLength: 1 }),
				fc.integer({ min: 2, max: 8 }),
				(largest, bits) => {
					const integers = integersOfChannels({ largest: [...largest, 0] }, bits, 'channel');
					expect(integers).toEqual([...largest.map(() => 2 ** (bits - 1) - 1), 0]);
				}
			)
		);
	});
});
