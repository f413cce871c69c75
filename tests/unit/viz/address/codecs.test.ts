import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks } from '$lib/nets/networks';
import { resolveGraph } from '$lib/nets/resolve';
import type { Codec, Part } from '$lib/viz/address/codec';
import { knobsCodec } from '$lib/viz/address/knobs';
import { benchCodec } from '$lib/viz/figures/bench/address';
import { planBench } from '$lib/viz/figures/bench/problems';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { benchOps, type BenchSpec } from '$lib/viz/figures/bench/spec';
import { stepCount } from '$lib/viz/figures/bench/timeline';
import { blocksCodec } from '$lib/viz/figures/blocks/address';
import { compareCodec } from '$lib/viz/figures/compare/address';
import { liveNetworks } from '$lib/viz/figures/compare/live';
import type { CompareSpec } from '$lib/viz/figures/compare/spec';
import { fireKnobs } from '$lib/viz/figures/fire/knobs';
import { insideCodec } from '$lib/viz/figures/inside/address';
import { seededGraph } from '$lib/viz/figures/inside/seeded';
import type { InsideState } from '$lib/viz/figures/inside/state';
import { multiplierKnobs } from '$lib/viz/figures/multipliers/knobs';
import { networkCodec } from '$lib/viz/figures/network/address';
import { threadsCodec } from '$lib/viz/figures/threads/address';
import { trainingCodec } from '$lib/viz/figures/training/address';
import { preprocessings } from '../../../../src/lib/engine/picture';
import type { WeightSet } from '../../../../src/lib/engine/sets';
import { compressionCodec } from '../../../../src/routes/[lang=lang]/(site)/compression/address';
import type { IntegersOfSet } from '../../../../src/routes/[lang=lang]/(site)/compression/integersOf';
import { exerciseCodec } from '../../../../src/routes/[lang=lang]/(site)/learn/address';
import { playgroundCodec } from '../../../../src/routes/[lang=lang]/(site)/playground/address';
import { classesCodec } from '../../../../src/routes/[lang=lang]/(site)/playground/classes/address';
import { valuesOf } from './values';

const sets = (['mobilenet', 'squeezenet'] as const).map((network): WeightSet => ({
	...{ id: `cifar10-${network}`, network, title: network, classes: 'imagenet', hash: network, files: {} },
	...{ preprocessing: preprocessings.symmetric, storage: 'float32', bytes: 1000 },
	...{ knobs: { resolution: 32 }, source: 'somebody', licence: 'MIT' }
}));

/** Sets as integers, as far as addresses tell of them. */
const measuredSets = ['a', 'b'].map((key) => ({
	...{ key, layers: [{ id: `${key}1`, errors: { 8: { tensor: 0.1, channel: 0 } } }] },
	counted: { tensors: key === 'a' ? 20 : 30 }
})) as unknown as IntegersOfSet[];

type Own = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const small = resolveGraph(seededGraph());

/** A codec, values of its own parts where they depend on a state, and which states there are. */
interface Tested {
	readonly codec: Codec<object>;
	own?(state: never): Own;
	isThere?(state: never): boolean;
}
const tested = <S extends object>(
	codec: Codec<S>,
	more: { own?(state: S): Own; isThere?(state: S): boolean } = {}
): Tested => ({ codec: codec as unknown as Codec<object>, ...more });

const stepsOf = (spec: BenchSpec) => {
	const resolved = resolveBench(spec);
	return resolved.ok ? stepCount(resolved.bench, spec.granularity) : 1;
};

const all: Readonly<Record<string, Tested>> = {
	...Object.fromEntries(
		benchOps.map((op) => [
			`bench of ${op}`,
			tested(benchCodec(op), {
				own: (spec) => ({
					step: fc.integer({ min: 1, max: stepsOf(spec) }),
					// Its own test changes values in all tensors.
					e: fc.constant({ inputEdits: { 0: 2.5 }, weightEdits: {}, biasEdits: {} })
				}),
				isThere: (spec) => planBench(spec).ok
			})
		])
	),
	...Object.fromEntries(
		Object.entries(networks).map(([id, { knobs }]) => [`network ${id}`, tested(networkCodec(knobs))])
	),
	'own network': tested(networkCodec({})),
	compare: tested(compareCodec, { isThere: ({ x, y }: CompareSpec) => x !== y }),
	blocks: tested(blocksCodec),
	classes: tested(classesCodec),
	playground: tested(playgroundCodec(sets), {
		own: () => ({
			weights: fc.record(
				{ mobilenet: fc.constant('random'), squeezenet: fc.constant('random') },
				{ requiredKeys: [] }
			)
		})
	}),
	inside: tested(insideCodec(small), {
		own({ layer }: InsideState) {
			const [height, width] = small.byRef.get(layer ?? 'conv1')!.shape;
			return {
				pixel: fc.record({ y: fc.nat(height - 1), x: fc.nat(width - 1) }),
				colours: fc.boolean(),
				size: fc.constant('48')
			};
		},
		isThere: ({ channel, pixel }: InsideState) => channel !== null || pixel === null
	}),
	compression: tested(compressionCodec(['a', 'b', 'c'], measuredSets)),
	chapter: tested(exerciseCodec(['planes', 'shuffle-to'], ['bench', 'flow'])),
	threads: tested(threadsCodec),
	training: tested(trainingCodec),
	'knobs of fire': tested(knobsCodec(fireKnobs)),
	'knobs of multipliers': tested(knobsCodec(multiplierKnobs))
};

const kindOf = ({ kind }: Part<object>, state: object) => (typeof kind === 'function' ? kind(state) : kind);

/** A state that differs from the usual in some of its parts. */
function someState({ codec, own }: Tested, gen: fc.GeneratorValue): object {
	const done = new Set<string>();
	let state = codec.initial;
	for (;;) {
		const part = codec.partsOf(state).find(({ name }) => !done.has(name));
		if (!part) return state;
		done.add(part.name);
		if (part.isUsed?.(state) === false || gen(fc.boolean)) continue;
		const values = valuesOf(part.name, kindOf(part, state), own?.(state as never));
		state = {
			...state,
			...part.put(
				gen(() => values),
				state
			)
		};
	}
}

describe.each(Object.entries(all))('%s', (_, of) => {
	const { codec } = of;

	it('says nothing of what is usual, and reads it from nothing', () => {
		expect(codec.parse('')).toEqual({ value: codec.initial, said: [], ignored: [] });
		expect(codec.parse(codec.format(codec.initial)).value).toEqual(codec.initial);
	});

	it('reads what it writes', () => {
		fc.assert(
			fc.property(fc.gen(), (gen) => {
				const state = someState(of, gen);
				fc.pre(of.isThere?.(state as never) ?? true);
				const search = codec.format(state);
				expect(codec.parse(search)).toMatchObject({ value: state, ignored: [] });
				expect(codec.parse(search).value).toEqual(state);
			}),
			// A state is drawn part by part, which shrinks badly.
			{ numRuns: 40, endOnFailure: true }
		);
	});

	it('takes any address: each of its parts is taken over or listed, and what is taken over can be written', () => {
		const name = fc.oneof(
			fc.constantFrom(...codec.partsOf(codec.initial).map((part) => part.name)),
			fc.constantFrom('net', 'network', 'alpha', 'groups', '__proto__', 'constructor'),
			fc.string({ maxLength: 20 })
		);
		const word = fc.oneof(
			fc.integer({ min: -1, max: 12 }).map(String),
			fc.constantFrom('macs', 'params', 'shufflenet', 'own', 'all', '1e999', 'NaN', '1:2,3:4', '3x3', 'true'),
			fc.string({ unit: 'binary', maxLength: 20 })
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(name, word), { maxLength: 12 }), (parts) => {
				const { value, said, ignored } = codec.parse(`?${new URLSearchParams(parts)}`);
				const named = new Set([...said, ...ignored.map((part) => part.name)]);
				expect(parts.filter(([given]) => !named.has(given))).toEqual([]);
				expect(codec.parse(codec.format(value))).toMatchObject({ value, ignored: [] });
			}),
			{ numRuns: 25 }
		);
	});

	it('has one part of a name', () => {
		const networksOf = ['', ...liveNetworks.flatMap((id) => [`?net=${id}`, `?network=${id}`])];
		for (const search of networksOf) {
			const names = codec.partsOf(codec.parse(search).value).map((part) => part.name);
			expect(names).toEqual([...new Set(names)]);
		}
	});
});

describe('of what is said twice or too often', () => {
	const { parse } = networkCodec(networks.mobilenet.knobs);
	const knob = (search: string) => parse(search).value.knobs.alpha;

	it('the first that can be read counts, and the others are listed', () => {
		expect(knob('?alpha=0.5&alpha=0.25')).toBe(0.5);
		expect(knob('?alpha=lots&alpha=0.25')).toBe(0.25);
		expect(parse('?alpha=lots&alpha=0.25&alpha=1').ignored.map(({ value }) => value)).toEqual(['lots', '1']);
	});
	it('what holds in the place of a part is said with it, and of what is no part nothing is', () => {
		const { ignored } = parse('?alpha=9&nothing=1');
		expect(ignored.map(({ name, used }) => [name, used])).toEqual([
			['alpha', '1'],
			['nothing', undefined]
		]);
	});
	it('parts are listed in the order of the address, cut to what can be shown', () => {
		const { ignored } = parse(`?b=2&alpha=9&a=${'1'.repeat(99)}`);
		expect(ignored.map(({ name, reason }) => [name, reason])).toEqual([
			['b', 'unknown'],
			['alpha', 'invalid'],
			['a', 'unknown']
		]);
		expect(ignored[2]!.value).toHaveLength(60);
	});
	it('no more than a hundred parts are read; what is beyond them is ignored, too, and of one part a hundred values are listed', () => {
		const many = Array.from({ length: 300 }, (_, n) => `a${n}=1`).join('&');
		expect(parse(`?${many}&alpha=0.5`).ignored).toHaveLength(new URLSearchParams(many).size + 1);
		expect(knob(`?${many}&alpha=0.5`)).toBe(1);
		expect(benchCodec('standard').parse(`?e=${',x'.repeat(5000)}`).ignored).toHaveLength(100);
	});
	it('more than two hundred open blocks are left out, and an id that no network has', () => {
		const open = Array.from({ length: 201 }, (_, n) => `b${n}`).join();
		expect(parse(`?open=${open}`).value.open).toHaveLength(200);
		expect(parse(`?open=${open}`).ignored).toMatchObject([{ name: 'open', value: 'b200' }]);
		expect(parse(`?at=${'a'.repeat(401)}`)).toMatchObject({
			value: { selected: null },
			ignored: [{ name: 'at' }]
		});
	});
});
