import { KnobError, asking, nearestWord, quote } from './errors';

interface KnobBase {
	/** The letter that the paper uses for it. */
	readonly symbol?: string;
	/** Unit of the value. */
	readonly unit?: 'px' | '×';
	/** A knob for versions that no paper prints (pictures of 32×32, other tasks): pages show it after the others. */
	readonly secondary?: true;
}

/** A number within a range. `step` is what a slider moves by; any value in the range is accepted. */
export interface NumberKnob extends KnobBase {
	readonly kind: 'number';
	readonly min: number;
	readonly max: number;
	readonly step: number;
	readonly default: number;
	readonly whole?: true;
}

/** One of a few values. */
export interface ChoiceKnob<T extends string | number = string | number> extends KnobBase {
	readonly kind: 'choice';
	readonly choices: readonly T[];
	readonly default: T;
}

/** On or off. */
export interface FlagKnob extends KnobBase {
	readonly kind: 'flag';
	readonly default: boolean;
}

export type Knob = NumberKnob | ChoiceKnob | FlagKnob;

/**
 * The knobs of a network by name: the one description from which sliders, command-line flags and the reading of the
 * address are derived.
 */
export type KnobTable = Readonly<Record<string, Knob>>;

/** Type of a knob's value. */
export type KnobValue<K extends Knob = Knob> = K extends NumberKnob
	? number
	: K extends ChoiceKnob<infer T>
		? T
		: boolean;

/** A value for every knob of a table. */
export type KnobValues<T extends KnobTable = KnobTable> = { readonly [N in keyof T]: KnobValue<T[N]> };

/** The values that the table has without anybody's doing. */
export function defaultKnobs<T extends KnobTable>(table: T): KnobValues<T> {
	return Object.fromEntries(
		Object.entries(table).map(([name, knob]) => [name, knob.default])
	) as KnobValues<T>;
}

/**
 * Fills what is not given with defaults and checks the rest against the table.
 * @throws {KnobError} for an unknown name or a value that the knob does not take.
 */
export function checkKnobs<T extends KnobTable>(
	table: T,
	given: Readonly<Record<string, KnobValue | undefined>>
): KnobValues<T> {
	const values: Record<string, KnobValue> = { ...defaultKnobs(table) };
	for (const [name, value] of Object.entries(given)) {
		const knob = knobOf(table, name);
		if (value === undefined) continue;
		checkKnob(name, knob, value);
		values[name] = value;
	}
	return values as KnobValues<T>;
}

/**
 * Reads knobs from text, as it stands in an address or on a command line. Names may be written `conv10Padding` or
 * `conv10-padding`; a flag without a value (an empty string) is on.
 * @throws {KnobError} for an unknown name or a value that the knob does not take.
 */
export function parseKnobs<T extends KnobTable>(
	table: T,
	given: Readonly<Record<string, string>>
): KnobValues<T> {
	const values: Record<string, KnobValue> = {};
	for (const [written, text] of Object.entries(given)) {
		const name =
			Object.keys(table).find((known) => known === written || flagName(known) === written) ?? written;
		values[name] = parseKnob(name, knobOf(table, name), text);
	}
	return checkKnobs(table, values);
}

/** The knobs that differ from their defaults, as text: the inverse of {@link parseKnobs}. */
export function formatKnobs<T extends KnobTable>(
	table: T,
	values: Partial<KnobValues<T>>
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values)
			.filter(([name, value]) => value !== undefined && value !== table[name]?.default)
			.map(([name, value]) => [name, String(value)])
	);
}

/** The values with some changed; numbers beyond a knob's range come to its nearest end, and those that are none are left. */
export function changeKnobs<T extends KnobTable>(
	table: T,
	values: KnobValues<T>,
	given: Partial<KnobValues<T>>
): KnobValues<T> {
	const next: Record<string, unknown> = { ...values };
	for (const [name, value] of Object.entries(given)) {
		const knob = table[name];
		if (!knob || value === undefined) continue;
		if (knob.kind !== 'number') next[name] = value;
		else if (Number.isFinite(value)) {
			const inside = Math.min(knob.max, Math.max(knob.min, Number(value)));
			next[name] = knob.whole ? Math.round(inside) : inside;
		}
	}
	return next as KnobValues<T>;
}

/** Name of a knob on a command line: `conv10Padding` is `conv10-padding`. */
export function flagName(knob: string): string {
	return knob.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What a knob takes, in words: for a help text or an error. */
export function knobRange(knob: Knob): string {
	if (knob.kind === 'flag') return 'true or false';
	if (knob.kind === 'choice') return knob.choices.join(', ');
	return `${knob.min} to ${knob.max}`;
}

function knobOf(table: KnobTable, name: string): Knob {
	const knob = Object.hasOwn(table, name) ? table[name] : undefined;
	if (knob) return knob;
	const nearest = nearestWord(name, Object.keys(table));
	throw new KnobError(
		'unknownKnob',
		quote(name),
		`there is no knob of this name${asking(nearest)} (${Object.keys(table).join(', ')})`,
		{ knob: name, nearest }
	);
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function parseKnob(name: string, knob: Knob, text: string): KnobValue {
	if (knob.kind === 'number')
		return DECIMAL.test(text.trim()) ? Number(text) : refuseNumber(name, knob, text);
	if (knob.kind === 'choice')
		return knob.choices.find((choice) => String(choice) === text.trim()) ?? refuseChoice(name, knob, text);
	if (text === '' || text === 'true') return true;
	if (text === 'false') return false;
	return refuseFlag(name, text);
}

function checkKnob(name: string, knob: Knob, value: KnobValue): void {
	if (knob.kind === 'choice') {
		if (!knob.choices.includes(value as string)) refuseChoice(name, knob, value);
	} else if (knob.kind === 'flag') {
		if (typeof value !== 'boolean') refuseFlag(name, value);
	} else {
		if (typeof value !== 'number' || !Number.isFinite(value)) return refuseNumber(name, knob, value);
		if (value < knob.min || value > knob.max) {
			const nearest = value < knob.min ? knob.min : knob.max;
			const message = `${value} is outside ${knob.min} to ${knob.max}; the nearest is ${nearest}`;
			throw new KnobError('outOfRange', name, message, { knob: name, value, min: knob.min, max: knob.max });
		}
		if (knob.whole && !Number.isInteger(value)) {
			const nearest = Math.round(value);
			const message = `${value} is not a whole number; the nearest is ${nearest}`;
			throw new KnobError('notWhole', name, message, { knob: name, value, nearest });
		}
	}
}

function refuseNumber(name: string, knob: NumberKnob, value: unknown): never {
	const message = `${quote(value)} is not a number; it takes ${knobRange(knob)}`;
	throw new KnobError('notANumber', name, message, { knob: name, value: String(value) });
}

function refuseChoice(name: string, knob: ChoiceKnob, value: unknown): never {
	const choices = knob.choices.join(', ');
	const message = `${quote(value)} is not one of its values: ${choices}`;
	throw new KnobError('notAChoice', name, message, { knob: name, value: String(value), choices });
}

function refuseFlag(name: string, value: unknown): never {
	const message = `${quote(value)} is neither true nor false`;
	throw new KnobError('notAFlag', name, message, { knob: name, value: String(value) });
}
