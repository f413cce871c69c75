import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Kind } from '$lib/viz/address/kinds';
import { benchFields, benchOps, defaults, type Field } from '$lib/viz/figures/bench/spec';

const controls = readFileSync('src/lib/viz/figures/bench/Controls.svelte', 'utf8');

describe.each(Object.keys(benchFields) as Field[])('field %s', (field) => {
	it('has a control', () => expect(controls).toMatch(new RegExp(`\\('${field}'`)));

	it.each(benchOps)('begins on the page of %s with a value that it can have', (op) => {
		const kind: Kind<unknown> = benchFields[field].kind;
		const initial = defaults(op)[field];
		expect(kind.read(kind.write(initial), () => undefined)).toEqual(initial);
	});
});
