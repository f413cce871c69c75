import fc from 'fast-check';
import { presets } from '$lib/nets/blocks';
import type { Kind } from '$lib/viz/address/kinds';
import { columns } from '$lib/viz/figures/compare/spec';

const side = fc.integer({ min: 0, max: 6 });
const extent = fc
	.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }))
	.map(([from, more]) => [from * 1000, (from + more) * 1000] as const);

/** Values of the parts that are of their own making, by name. */
const own: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
	p: fc.oneof(
		fc.constantFrom('valid', 'same'),
		fc.record({ top: side, bottom: side, left: side, right: side })
	),
	sort: fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() }),
	view: fc.record({ x: extent, y: extent }),
	block: fc.constantFrom(...Object.values(presets).map(({ spec }) => spec)),
	own: fc.constantFrom(...Object.values(presets).map(({ spec }) => spec))
};

/** Values of a kind, as it declares them; of a kind of its own making, those written down here or in `more`. */
export function valuesOf(
	name: string,
	kind: Kind<unknown>,
	more: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}
): fc.Arbitrary<unknown> {
	const { is } = kind;
	const known = more[name] ?? (is.type === 'custom' ? own[name] : undefined);
	if (known) return known;
	switch (is.type) {
		case 'number': {
			const scale = 10 ** is.digits;
			const whole = { min: Math.ceil(is.min * scale), max: Math.floor(Math.min(is.max * scale, 2 ** 31)) };
			return fc.integer(whole).map((n) => n / scale);
		}
		case 'choice':
			return fc.constantFrom(...is.values);
		case 'text':
			return fc.string({ maxLength: Math.min(is.max, 40) }).filter((text) => is.matches.test(text));
		case 'subset':
			return fc.subarray([...is.of], { minLength: is.least });
		case 'list': {
			const words = valuesOf(name, is.of).filter((word) => /^[^,]+$/s.test(String(word)));
			return fc.uniqueArray(words, { maxLength: 9 });
		}
		case 'row':
			return fc.tuple(...is.of.map((each) => valuesOf(name, each)));
		case 'custom':
			throw new Error(`say in ${import.meta.url} which values the part ${name} can have`);
	}
}
