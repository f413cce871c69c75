import { describe, expect, it } from 'vitest';
import { formatFactor, formatTick } from '$lib/viz/words/format';

describe('formatTick', () => {
	it.each([
		[1e6, '1M'],
		[2.5e6, '2.5M'],
		[1e8, '100M'],
		[2e10, '20G'],
		[500, '500'],
		[1200, '1.2k']
	])('%d is %s', (value, text) => {
		expect(formatTick(value)).toBe(text);
	});
});

describe('formatFactor', () => {
	it.each([
		[8.8421, '8.84'],
		[49, '49'],
		[2, '2'],
		[1.15, '1.15'],
		[123.4, '123']
	])('%d is %s', (value, text) => {
		expect(formatFactor(value)).toBe(text);
	});
});
