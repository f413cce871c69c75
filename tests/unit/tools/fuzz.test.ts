import { expect, it } from 'vitest';
import { randomNumbers } from '$lib/nets';
import { alter, smaller } from '../../../tools/fuzz/alter';

it('a seed determines what comes of it, and another seed another', () => {
	const bytes = Buffer.from('ops/standard?in=5x5x2&k=3&s=2');
	const made = (seed: number) => {
		const next = randomNumbers(String(seed));
		return Array.from({ length: 20 }, () => alter(bytes, next).toString('latin1'));
	};
	expect(made(1)).toEqual(made(1));
	expect(made(1)).not.toEqual(made(2));
	expect(new Set(made(1)).size).toBeGreaterThan(10);
	expect(bytes.toString()).toBe('ops/standard?in=5x5x2&k=3&s=2');
});

it('what breaks something is made as small as it can be while it still does', async () => {
	const breaks = async (part: Buffer) => part.includes('k=99');
	expect((await smaller(Buffer.from('in=5x5x2&k=99&s=2&p=same'), breaks)).toString()).toBe('k=99');
	// With few tries, it still breaks.
	const some = await smaller(Buffer.from(`${'a'.repeat(1000)}k=99`), breaks, 3);
	expect(some.includes('k=99')).toBe(true);
});
