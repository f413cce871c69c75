import { expect, it } from 'vitest';
import {
	formatBytes,
	formatCount,
	formatProduct,
	formatShare,
	formatShort,
	formatTick
} from '$lib/viz/words/format';

it.each([
	[0, '0'],
	[999, '999'],
	[27_200, '27.2k'],
	[4_231_976, '4.23M'],
	[568_740_352, '569M'],
	[999_950, '1.00M'],
	[8_357_403_496, '8.36G']
])('formatShort(%d) is %s', (n, text) => expect(formatShort(n)).toBe(text));

it.each([
	[20_000_000, '20M'],
	[1_500_000, '1.5M'],
	[500_000, '500k'],
	[0, '0'],
	[100, '100']
])('formatTick(%d) is %s', (n, text) => expect(formatTick(n)).toBe(text));

it('formatCount writes every digit', () => expect(formatCount(10_838_016)).toBe('10,838,016'));
it('formatBytes is decimal', () => expect(formatBytes(4_993_696)).toBe('4.99\u00a0MB'));
it('formatShare is in percent', () => expect(formatShare(0.94857, 1)).toBe('94.9%'));
it('formatProduct puts × between', () => expect(formatProduct(112, 112, 32)).toBe('112×112×32'));
