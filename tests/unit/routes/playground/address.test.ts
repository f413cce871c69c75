import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preprocessings } from '../../../../src/lib/engine/picture';
import type { WeightSet } from '../../../../src/lib/engine/sets';
import { four } from '$lib/nets/networks';
import { sampleIds } from '$lib/running/picture/samples';
import { playgroundCodec } from '../../../../src/routes/[lang=lang]/(site)/playground/address';
import {
	backendChoices,
	numberKinds,
	chosenSet,
	isNetwork,
	knobsOf,
	setsFor,
	untrained
} from '../../../../src/routes/[lang=lang]/(site)/playground/spec';

const set = (of: Pick<WeightSet, 'id' | 'network' | 'knobs'>): WeightSet => ({
	...{ title: of.id, classes: 'imagenet', preprocessing: preprocessings.symmetric },
	...{ storage: 'float32', bytes: 1000, hash: of.id, files: {}, source: 'somebody', licence: 'MIT' },
	...of
});
const sets = [
	set({ id: 'a-quarter', network: 'mobilenet', knobs: { alpha: 0.25 } }),
	set({ id: 'cifar10-mobilenet', network: 'mobilenet', knobs: { resolution: 32, classes: 10 } }),
	set({ id: 'squeezed', network: 'squeezenet', knobs: { version: '1.1' } })
];

const { initial, parse, format } = playgroundCodec(sets);

describe('playgroundCodec(sets).parse', () => {
	it('gives the defaults for an empty search, and nothing is ignored', () => {
		expect(parse('')).toEqual({ value: initial, said: [], ignored: [] });
		expect(format(initial)).toBe('');
	});

	it('prefers published weights, where the site has them, to the small ones that it always has', () => {
		expect(setsFor('mobilenet', sets).map(({ id }) => id)).toEqual(['a-quarter', 'cifar10-mobilenet']);
		expect(parse('').value.knobs).toMatchObject({ alpha: 0.25, classes: 1000 });
		expect(parse('?weights=cifar10-mobilenet').value.knobs).toMatchObject({ resolution: 32, classes: 10 });
	});

	it('takes the knobs of the weights that it names, and then those that it names itself', () => {
		const { value: spec, ignored } = parse('?resolution=128&weights=a-quarter');
		expect(ignored).toEqual([]);
		expect(spec.knobs).toMatchObject({ alpha: 0.25, resolution: 128, classes: 1000 });
	});

	it('lists what means nothing here', () => {
		const search =
			'?network=lenet&weights=nowhere,nets:random&picture=lena&backend=cpu&look=x&alpha=lots&stage=1';
		const { value: spec, ignored } = parse(search);
		expect(spec).toEqual(initial);
		expect(ignored.map(({ name, value }) => [name, value])).toEqual([
			['network', 'lenet'],
			['weights', 'nowhere'],
			['weights', 'nets:random'],
			['picture', 'lena'],
			['backend', 'cpu'],
			['look', 'x'],
			['alpha', 'lots'],
			['stage', '1']
		]);
		expect(ignored.find(({ name }) => name === 'alpha')).toMatchObject({ why: { code: 'notANumber' } });
	});
});

it('what is written is read back', () => {
	const specs = fc
		.record({
			runs: fc.constantFrom(...four, 'own' as const, 'all' as const, 'resnet18' as const),
			weights: fc.record(
				{
					mobilenet: fc.constantFrom('a-quarter', 'cifar10-mobilenet', untrained),
					squeezenet: fc.constantFrom('squeezed', untrained)
				},
				{ requiredKeys: [] }
			),
			picture: fc.constantFrom(...sampleIds),
			backend: fc.constantFrom(...backendChoices),
			numbers: fc.constantFrom(...numberKinds),
			inside: fc.constantFrom({}, { layer: 'fire2/squeeze1x1', map: '3', pixel: '1,2' })
		})
		.map((spec) => ({
			...spec,
			knobs: isNetwork(spec.runs) ? knobsOf(spec.runs, chosenSet(spec.runs, spec.weights, sets)) : {}
		}));
	fc.assert(
		fc.property(specs, fc.integer({ min: 32, max: 300 }), (spec, resolution) => {
			const knobs = isNetwork(spec.runs) ? { ...spec.knobs, resolution } : {};
			const { value: read, ignored } = parse(format({ ...spec, knobs }));
			expect(ignored).toEqual([]);
			expect({ ...read, weights: {} }).toEqual({ ...spec, knobs, weights: {} });
			for (const network of four)
				expect(chosenSet(network, read.weights, sets)).toBe(chosenSet(network, spec.weights, sets));
		})
	);
});
