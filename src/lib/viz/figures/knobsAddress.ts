import { KnobError } from '$lib/nets/errors';
import { formatKnobs, parseKnobs, type KnobTable, type KnobValues } from '$lib/nets/knobs';

/** Parts of an address beyond this are not read. */
const maxParts = 30;

/** The values of a search that the knobs take; what it does not name, or what means nothing here, is left out. */
export function readKnobs<T extends KnobTable>(table: T, search: string): Partial<KnobValues<T>> {
	const known: Partial<KnobValues<T>> = {};
	for (const [name, text] of [...new URLSearchParams(search)].slice(0, maxParts)) {
		if (!Object.hasOwn(table, name)) continue;
		try {
			Object.assign(known, { [name]: parseKnobs(table, { [name]: text })[name] });
		} catch (error) {
			if (!(error instanceof KnobError)) throw error;
		}
	}
	return known;
}

/** The parts of a search that {@link readKnobs} leaves out, as they are written. */
export function ignoredKnobs(table: KnobTable, search: string): string[] {
	const known = readKnobs(table, search);
	return [...new URLSearchParams(search)]
		.filter(([name]) => !Object.hasOwn(known, name))
		.map((part) => part.join('='));
}

/** The inverse of {@link readKnobs}: the knobs that are not at their defaults, `''` where all are. */
export function writeKnobs<T extends KnobTable>(table: T, values: KnobValues<T>): string {
	const text = new URLSearchParams(formatKnobs(table, values)).toString();
	return text === '' ? '' : `?${text}`;
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
