import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '$lib/viz/address/kinds';
import { resolveBench, tensorsOf } from '$lib/viz/figures/bench/resolve';
import {
	benchFields,
	benchOps,
	type BenchSpec,
	defaults,
	type Field,
	isBenchOp
} from '$lib/viz/figures/bench/spec';
import { fittingSpecs } from './fitting';

const controls = readFileSync('src/lib/viz/figures/bench/Controls.svelte', 'utf8');

/** All that a bench shows is computed from these. */
function shown(spec: BenchSpec): string | null {
	const resolved = resolveBench(spec);
	if (!resolved.ok) return null;
	const { stages } = resolved.bench;
	const values = tensorsOf(resolved.bench).map(({ shape, data }) => [shape, [...data]]);
	return JSON.stringify([values, stages.map(({ layer }) => layer)]);
}

describe.each(Object.keys(benchFields) as Field[])('field %s', (field) => {
	it('has a control', () => expect(controls).toMatch(new RegExp(`\\('${field}'`)));

	it.each(benchOps)('begins on the page of %s with a value that it can have', (op) => {
		const kind: Kind<unknown> = benchFields[field].kind;
		const initial = defaults(op)[field];
		expect(kind.read(kind.write(initial), () => undefined)).toEqual(initial);
	});

	it.each(benchFields[field].on)('changes what is shown of %s', (variant) => {
		const op = isBenchOp(variant) ? variant : 'pooling';
		const two = fc.tuple(fittingSpecs([op], 6), fittingSpecs([op], 6));
		const changes = ([spec, { [field]: value }]: readonly [BenchSpec, BenchSpec]) => {
			if (op === 'pooling' && spec.pool !== variant) return false;
			const other = shown({ ...spec, [field]: value });
			return other !== null && other !== shown(spec);
		};
		// That there is one is no matter of chance: the same are looked at each time, most often few.
		const seeds = Array.from({ length: 40 }, (_, seed) => seed);
		expect(seeds.some((seed) => fc.sample(two, { numRuns: 20, seed }).some(changes))).toBe(true);
	});
});
