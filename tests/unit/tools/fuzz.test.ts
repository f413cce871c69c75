import { execFile } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alter, edits, smaller } from '../../../tools/fuzz/alter';
import { find } from '../../../tools/fuzz/find';

it('is a program that starts outside of a bundler, and tries every kind', async () => {
	const words = ['tools/fuzz.ts', '--in', 'readers', '--minutes', '0.1', '--seed', '1'];
	const out = await new Promise<string>((done, fail) =>
		execFile('node_modules/.bin/tsx', words, (error, stdout, stderr) =>
			error ? fail(new Error(stdout + stderr)) : done(stdout)
		)
	);
	const { counts, found } = JSON.parse(out.trim().split('\n').at(-1)!);
	expect(found).toBe(0);
	expect(counts.readers.address).toBeGreaterThan(0);
});

const address = Buffer.from('ops/standard?in=5x5x2&k=3&s=2');

it('changes are made on a copy, and the same changes again give the same', () => {
	fc.assert(
		fc.property(edits, (changes) => {
			expect(alter(address, changes)).toEqual(alter(address, changes));
			expect(address.toString()).toBe('ops/standard?in=5x5x2&k=3&s=2');
		})
	);
});

it('every way of changing does what it says, before the end and beyond it', () => {
	const made = (way: 'flip' | 'leaveOut' | 'repeat' | 'insert' | 'replace' | 'cut', at: number) =>
		alter(Buffer.from('abcd'), [{ way, at, length: 2, word: '!' }]).toString();
	expect(made('flip', 0)).toBe('ebcd');
	expect(made('leaveOut', 1)).toBe('ad');
	expect(made('repeat', 1)).toBe('abcbcd');
	expect(made('insert', -1)).toBe('abcd!');
	expect(made('replace', 1)).toBe('a!d');
	expect(made('cut', 7)).toBe('ab');
});

it('what breaks something is made as small as it can be while it still does', async () => {
	const breaks = async (part: Buffer) => part.includes('k=99');
	expect((await smaller(Buffer.from('in=5x5x2&k=99&s=2&p=same'), breaks)).toString()).toBe('k=99');
	// With few tries, it still breaks.
	const some = await smaller(Buffer.from(`${'a'.repeat(1000)}k=99`), breaks, 3);
	expect(some.includes('k=99')).toBe(true);
});

it('what is found is reduced to the least that breaks, and a seed finds it again', async () => {
	const faultOf = async (bytes: Buffer) => (/k=\D/.test(bytes.toString('latin1')) ? 'no number' : null);
	const search = { seed: 1, runs: 5000, until: Infinity, tries: 500 };
	const { tried, finding } = await find([address], faultOf, search);
	expect(finding?.fault).toBe('no number');
	expect(finding?.least.toString('latin1')).toMatch(/^k=\D$/);
	expect(await find([address], faultOf, search)).toEqual({ tried, finding });
	expect(await find([address], async () => null, { ...search, runs: 20 })).toEqual({
		tried: 20,
		finding: null
	});
});

it('what breaks once and not when it is tried again is told, and no finding', async () => {
	let calls = 0;
	const told: string[] = [];
	const result = await find([address], async () => (++calls === 3 ? 'it stood still' : null), {
		...{ seed: 1, runs: 20, until: Infinity, tries: 500 },
		onFound: () => told.push('found'),
		onUnsteady: (fault) => told.push(fault)
	});
	expect(result).toEqual({ tried: 20, finding: null });
	expect(told).toEqual(['it stood still']);
});
