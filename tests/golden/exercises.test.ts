import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Exercise } from '$lib/lessons/compiler/lesson';

/**
 * What links to exercises open: a teacher's sheet has the numbers of its seed for good. `UPDATE_GOLDEN=1` records new exercises;
 * what is there must stay.
 */
const file = 'tests/golden/exercises.json';
const seeds = [1, 7, 9999];

const files = import.meta.glob<Readonly<Record<string, Exercise>>>('/src/routes/**/learn/exercises/*.ts', {
	eager: true,
	import: 'default'
});
const drawn = Object.fromEntries(
	Object.entries(files).flatMap(([path, exercises]) =>
		Object.entries(exercises).map(([name, exercise]) => [
			`/learn/${/([\w-]+)\.ts$/.exec(path)![1]!}?${name}`,
			seeds.map((seed) => {
				const { answer, ...values } = exercise.at(seed).values;
				return { seed, ...values, answer: Number(answer!.toFixed(6)) };
			})
		])
	)
);

if (process.env.UPDATE_GOLDEN) {
	const rows = Object.entries(drawn).map(
		([address, at]) => `${JSON.stringify(address)}: [\n${at.map((row) => JSON.stringify(row)).join(',\n')}\n]`
	);
	writeFileSync(file, `{\n${rows.join(',\n')}\n}\n`);
}

it('seeds draw what they have always drawn', () => {
	expect(drawn).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
