import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	flagName,
	formatKnobs,
	KnobError,
	networkById,
	networkIds,
	networks,
	parseKnobs,
	UnknownNetworkError,
	type Knob,
	type KnobValue
} from '$lib/nets';

const { knobs: squeezenetKnobs } = networks.squeezenet;

describe('parseKnobs(table, text)', () => {
	it('fills in defaults', () => {
		expect(parseKnobs(squeezenetKnobs, {})).toMatchObject({
			version: '1.0',
			resolution: 227,
			conv10Padding: 0
		});
	});

	it('takes names as on a command line or as in an address', () => {
		expect(parseKnobs(squeezenetKnobs, { 'conv10-padding': '1' }).conv10Padding).toBe(1);
		expect(parseKnobs(squeezenetKnobs, { conv10Padding: '1' }).conv10Padding).toBe(1);
	});

	it('takes a flag without a value as on', () => {
		expect(parseKnobs(networks.shufflenet.knobs, { shuffle: 'false' }).shuffle).toBe(false);
		expect(parseKnobs(networks.shufflenet.knobs, { 'dense-pointwise': '' }).densePointwise).toBe(true);
	});

	it.each<[Record<string, string>, string, string]>([
		[{ bypas: 'simple' }, 'unknownKnob', '"bypas": there is no knob of this name; did you mean bypass?'],
		[{ toString: '1' }, 'unknownKnob', '"toString": there is no knob of this name; did you mean'],
		[{ resolution: 'big' }, 'notANumber', 'resolution: "big" is not a number; it takes 16 to 1024'],
		[{ resolution: '0x10' }, 'notANumber', 'resolution: "0x10" is not a number; it takes 16 to 1024'],
		[{ resolution: '2000' }, 'outOfRange', 'resolution: 2000 is outside 16 to 1024; the nearest is 1024'],
		[{ resolution: '224.5' }, 'notWhole', 'resolution: 224.5 is not a whole number; the nearest is 225'],
		[{ version: '1.2' }, 'notAChoice', 'version: "1.2" is not one of its values: 1.0, 1.1'],
		[{ firstPool: 'maybe' }, 'notAFlag', 'firstPool: "maybe" is neither true nor false']
	])('%o: %s', (text, code, message) => {
		expect(() => parseKnobs(squeezenetKnobs, text)).toThrow(message);
		expect(() => parseKnobs(squeezenetKnobs, text)).toThrow(expect.objectContaining({ code }));
	});
});

describe('formatKnobs(table, values)', () => {
	it.each(networkIds)('is read back by parseKnobs, for every knob of %s', (id) => {
		const { knobs } = networkById(id);
		const values = fc.record(
			Object.fromEntries(Object.entries(knobs).map(([name, knob]) => [name, valueOf(knob)]))
		);
		fc.assert(
			fc.property(values, (given) => {
				expect(parseKnobs(knobs, formatKnobs(knobs, given))).toEqual(given);
			}),
			{ numRuns: 50 }
		);
	});
});

describe('networkById(id).build(parseKnobs(…))', () => {
	it.each(networkIds)('gives a graph of %s or a sentence, whatever the knobs', (id) => {
		const network = networkById(id);
		const names = Object.keys(network.knobs);
		const text = fc.oneof(
			fc.string(),
			fc.constantFrom('0', '1', '-1', '2', '0.3', '32', '1e9', 'NaN', 'true', '')
		);
		const inRange = fc.record(
			Object.fromEntries(
				Object.entries(network.knobs).map(([name, knob]) => [name, valueOf(knob).map(String)])
			),
			{ requiredKeys: [] }
		);
		fc.assert(
			fc.property(
				fc.oneof(fc.dictionary(fc.constantFrom(...names, '__proto__', 'x'), text), inRange),
				(knobs) => {
					try {
						network.build(parseKnobs(network.knobs, knobs as Record<string, string>));
					} catch (error) {
						expect(error).toBeInstanceOf(KnobError);
						expect((error as Error).message).toMatch(/^\S+: .+/);
					}
				}
			),
			{ numRuns: 60 }
		);
	});
});

describe('knobs that do not fit', () => {
	it.each<[string, Record<string, KnobValue>, string]>([
		[
			'shufflenet',
			{ groups: 4, scale: 0.5 },
			'scale: 0.5 gives 136 channels, whose quarter does not divide into 4 groups; the nearest that fit are 0.4706 and 0.5294, or groups 1, 3, 8 at this scale'
		],
		[
			'fire-module',
			{ bypass: 'identity' },
			'bypass: identity adds the 96 channels of the input to 128 channels; it fits where inChannels is 128, and pointwise fits any'
		],
		[
			'alexnet',
			{ resolution: 20 },
			'resolution: 20 is too small, since nothing is left of it at pool2; the smallest that fits is 67'
		],
		[
			'shuffle-unit',
			{ groups: 3, channels: 40 },
			'channels: 40 gives 40 channels, whose quarter does not divide into 3 groups; the nearest that fit are 36 and 48'
		]
	])('%s %o', (id, knobs, message) => {
		expect(() => networkById(id).build(knobs)).toThrow(
			new KnobError('notDivisible', '', '').constructor as never
		);
		expect(() => networkById(id).build(knobs)).toThrow(message);
	});

	it('the scales and resolutions that are named do fit', () => {
		for (const scale of [0.4706, 0.5294]) networks.shufflenet.build({ groups: 4, scale });
		networks.alexnet.build({ resolution: 67 });
	});

	it('the name of a network that there is none of', () => {
		expect(() => networkById('mobilnet')).toThrow(UnknownNetworkError);
		expect(() => networkById('mobilnet')).toThrow('no network is called "mobilnet"; did you mean mobilenet?');
	});
});

it('flagName(knob) writes conv10Padding as conv10-padding', () => {
	expect(flagName('conv10Padding')).toBe('conv10-padding');
});

function valueOf(knob: Knob): fc.Arbitrary<KnobValue> {
	if (knob.kind === 'flag') return fc.boolean();
	if (knob.kind === 'choice') return fc.constantFrom(...knob.choices);
	if (knob.whole) return fc.integer({ min: knob.min, max: knob.max });
	return fc.double({ min: knob.min, max: knob.max, noNaN: true });
}
