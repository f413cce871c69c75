import { expect, it } from 'vitest';
import { batched } from '../../../../src/routes/[lang=lang]/(site)/playground/inside/source';

it('batched answers what is asked for in one turn by one run, and the next turn by another', async () => {
	const runs: (readonly string[])[] = [];
	const activation = batched((refs) => {
		runs.push(refs);
		return Promise.resolve(
			Object.fromEntries(
				refs.map((ref) => [ref, { shape: [1, 1, 1] as const, data: new Float32Array(ref.length) }])
			)
		);
	});
	const [a, bb, again] = await Promise.all([activation('a'), activation('bb'), activation('a')]);
	expect([a.data.length, bb.data.length, again.data.length]).toEqual([1, 2, 1]);
	expect((await activation('ccc')).data.length).toBe(3);
	expect(runs).toEqual([['a', 'bb'], ['ccc']]);
});

it('batched asks again after a run that failed', async () => {
	let isBroken = true;
	const activation = batched((refs) =>
		isBroken
			? Promise.reject(new Error('broken'))
			: Promise.resolve({ [refs[0]!]: { shape: [1, 1, 1] as const, data: new Float32Array(1) } })
	);
	await expect(activation('a')).rejects.toThrow('broken');
	isBroken = false;
	expect((await activation('a')).data.length).toBe(1);
});
