import { afterEach, describe, expect, it } from 'vitest';
import { useLocale } from '$lib/i18n';
import {
	formatBytes,
	formatFactor,
	formatRatio,
	formatShare,
	formatShort,
	formatTick
} from '$lib/viz/words/format';

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

describe('formatRatio', () => {
	it.each([
		[3.5, '3.50'],
		[14.06, '14.1'],
		[1, '1.00'],
		[9.999, '10.0'],
		[123.4, '123'],
		[1234, '1,230']
	])('%d is %s: as many digits as any other below it', (value, text) => {
		expect(formatRatio(value)).toBe(text);
	});
});

describe('formatShare', () => {
	it.each([
		[1, 0, '100%'],
		[0.998, 0, '99%'],
		[0.995, 0, '99%'],
		[0.985, 0, '99%'],
		[0.9996, 1, '99.9%'],
		[0.99999, 2, '99.99%'],
		[0.949, 1, '94.9%'],
		[0, 0, '0%'],
		[0.004, 0, '<1%'],
		[0.0002, 1, '<0.1%'],
		[0.00001, 2, '<0.01%'],
		[0.1 + 0.7 + 0.2, 1, '100.0%'],
		[0.1 + 0.2 + 0.7 - 1e-12, 1, '100.0%'],
		[1.004, 0, '100%']
	] as const)('%d with %d digits is %s: what is not all is not written as all', (share, digits, text) => {
		expect(formatShare(share, digits)).toBe(text);
	});
});

describe('in Chinese', () => {
	afterEach(() => useLocale('en'));
	it.each([
		[0, '0'],
		[1_200, '1,200'],
		[27_244, '2.72万'],
		[400_000, '40万'],
		[4_231_976, '423万'],
		[20_000_000, '2000万'],
		[99_960_000, '1亿'],
		[568_740_352, '5.69亿'],
		[8_357_403_496, '83.6亿']
	])('%d is %s, on axes and in tables', (value, text) => {
		useLocale('zh');
		expect(formatTick(value)).toBe(text);
		expect(formatShort(value)).toBe(text);
	});
	it('bytes keep their letters', () => {
		useLocale('zh');
		expect(formatBytes(4_993_696)).toBe('4.99\u00a0MB');
	});
});
