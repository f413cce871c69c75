import { KnobError } from '$lib/nets/errors';
import {
	defaultKnobs,
	parseKnobs,
	type Knob,
	type KnobTable,
	type KnobValue,
	type KnobValues
} from '$lib/nets/knobs';
import { addressCodec, partsOf, type Codec, type Part } from './codec';
import type { Kind, Shape } from './kinds';

/** A knob as a part of an address: read as on a command line, with the knob's own error where it does not take the text. */
export function knobKind(name: string, knob: Knob): Kind<KnobValue> {
	return {
		read(text, ignore) {
			try {
				return parseKnobs({ [name]: knob }, { [name]: text })[name];
			} catch (error) {
				if (!(error instanceof KnobError)) throw error;
				return ignore('invalid', { why: error });
			}
		},
		write: String,
		is: shapeOf(knob)
	};
}

function shapeOf(knob: Knob): Shape {
	if (knob.kind === 'flag') return { type: 'choice', values: [true, false] };
	if (knob.kind === 'choice') return { type: 'choice', values: knob.choices };
	return { type: 'number', min: knob.min, max: knob.max, digits: knob.whole ? 0 : 3 };
}

/** Parts for the knobs of a state that has their values in an object. */
export function knobParts<S extends { readonly knobs: KnobValues }>(table: KnobTable): readonly Part<S>[] {
	const { within } = partsOf<{ readonly knobs: KnobValues }>();
	return Object.entries(table).map(
		([name, knob]) => within('knobs', name, knobKind(name, knob)) as unknown as Part<S>
	);
}

/** The addresses of a state that is the values of knobs. */
export function knobsCodec<T extends KnobTable>(table: T): Codec<KnobValues<T>> {
	const { field } = partsOf<KnobValues>();
	const codec = addressCodec<KnobValues>({
		initial: defaultKnobs<KnobTable>(table),
		parts: Object.entries(table).map(([name, knob]) => field(name, name, knobKind(name, knob)))
	});
	return codec as unknown as Codec<KnobValues<T>>;
}
