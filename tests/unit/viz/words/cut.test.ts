import { afterEach, expect, it } from 'vitest';
import { baseLocale, useLocale } from '../../../../src/lib/i18n';
import { cut, cutFiles, cutNames } from '../../../../src/lib/viz/words/cut';

afterEach(() => useLocale(baseLocale));

it('cut ends a long value with dots', () => {
	expect(cut('short')).toBe('short');
	expect(cut('x'.repeat(500))).toBe(`${'x'.repeat(119)}…`);
});

it('cutNames has whole names, and says how many there are besides', () => {
	const names = Array.from({ length: 100 }, (_, i) => `a name, ${i}.bin`);
	const said = cutNames(names);
	const whole = names.filter((name) => said.includes(name));
	expect(whole).toEqual(names.slice(0, whole.length));
	expect(said).toBe(`${whole.join(', ')} and ${100 - whole.length} more`);
	expect(cutNames(['one'])).toBe('one');
	expect(cutNames(['one', 'two'])).toBe('one, two');
	expect(cutNames(['one', 'two'], 55)).toBe('one, two and 53 more');
	expect(cutNames([])).toBe('');
});

it('cutNames cuts a single name that is too long, and no other after it', () => {
	expect(cutNames(['x'.repeat(500), 'y'])).toBe(`${'x'.repeat(119)}… and 1 more`);
});

it('cutFiles says of many files which the others are of', () => {
	const shards = Array.from({ length: 55 }, (_, i) => `group${i}-shard1of1`);
	expect(cutFiles(['model.json', ...shards])).toBe('model.json and 55 more files');
	expect(cutFiles(['a.prototxt', 'a.caffemodel', 'labels.txt'])).toBe('a.prototxt, a.caffemodel, labels.txt');
	useLocale('zh');
	expect(cutFiles(['model.json', ...shards])).toBe('model.json 等，另有 55 个文件');
});

it('cutNames speaks Chinese', () => {
	useLocale('zh');
	expect(cutNames(['一.bin', '二.bin'], 5)).toMatch(/^一\.bin.二\.bin.*3/);
});
