import { KnobError } from '$lib/nets/errors';
import { checkKnobs, defaultKnobs, formatKnobs, parseKnobs, type KnobTable } from '$lib/nets/knobs';
import { networkById } from '$lib/nets/networks';
import type { Extent } from '../../layout/scatterScale';
import type { View } from '../../layout/scatterView';
import type { Ignored } from '../network/address';
import { liveNetworks } from './live';
import { batchNorms, counts, groups, weightTypes, type WeightType } from './model';
import { columns, quantities, type Column, type CompareSpec, type KnobRecord, type Quantity } from './spec';

/** What the page shows when its address says nothing. */
export const defaultSpec: CompareSpec = {
	x: 'macs',
	y: 'params',
	hidden: [],
	front: false,
	view: null,
	selected: null,
	count: 'macs',
	batchNorm: 'trainable',
	weightType: 'float32',
	network: 'mobilenet',
	knobs: knobsOf('mobilenet'),
	sorting: { column: 'macs', descending: false }
};

/** Parts of an address beyond this are not read: no page writes that many. */
const maxParts = 100;
const shown = (text: string) => text.slice(0, 60);

/** All knobs of a network at their defaults. */
export function knobsOf(network: string): KnobRecord {
	return defaultKnobs(networkById(network).knobs);
}

/**
 * Reads an address's search; whether the selected id is there is for who has the models to say. What cannot be read is left
 * at its default and listed.
 */
export function parseAddress(search: string): {
	readonly spec: CompareSpec;
	readonly ignored: readonly Ignored[];
} {
	const ignored: Ignored[] = [];
	const parts = [...new URLSearchParams(search)].slice(0, maxParts);
	const network = readNetwork(parts, ignored);
	let spec: CompareSpec = { ...defaultSpec, network, knobs: knobsOf(network) };
	const table = networkById(network).knobs;
	for (const [name, value] of parts) {
		if (name === 'net') continue;
		const read = readers[name];
		const patch = read ? read(value) : null;
		if (patch) {
			spec = { ...spec, ...patch };
			continue;
		}
		const { knob, error } = read ? { knob: null, error: null } : readKnob(table, name, value);
		if (knob) spec = { ...spec, knobs: { ...spec.knobs, ...knob } };
		else ignored.push({ name: shown(name), value: shown(value), error });
	}
	if (spec.x === spec.y) {
		ignored.push({ name: 'y', value: spec.y, error: null });
		spec = { ...spec, x: defaultSpec.x, y: defaultSpec.y };
	}
	return { spec, ignored };
}

/** The inverse of {@link parseAddress}: only what differs from the defaults, `''` where nothing does. */
export function formatAddress(spec: CompareSpec): string {
	const parts: [name: string, value: string][] = [];
	const add = (name: string, value: string, usual: string) => {
		if (value !== usual) parts.push([name, value]);
	};
	add('x', spec.x, defaultSpec.x);
	add('y', spec.y, defaultSpec.y);
	add('count', spec.count, defaultSpec.count);
	add('bn', spec.batchNorm, defaultSpec.batchNorm);
	add('type', spec.weightType, defaultSpec.weightType);
	add('hide', spec.hidden.join(','), '');
	if (spec.front) parts.push(['front', '']);
	if (spec.view) parts.push(['view', formatView(spec.view)]);
	if (spec.selected !== null) parts.push(['at', spec.selected]);
	const { column, descending } = spec.sorting;
	add('sort', (descending ? '-' : '') + column, defaultSpec.sorting.column);
	add('net', spec.network, defaultSpec.network);
	parts.push(...Object.entries(formatKnobs<KnobTable>(networkById(spec.network).knobs, spec.knobs)));
	// These may stand in a search as they are, and can be read there.
	const search = new URLSearchParams(parts)
		.toString()
		.replaceAll('%2C', ',')
		.replaceAll('%3A', ':')
		.replace(/=(?=&|$)/g, '');
	return search === '' ? '' : `?${search}`;
}

type Reader = (value: string) => Partial<CompareSpec> | null;

/** One of a few words, or nothing. */
function oneOf<T extends string>(words: readonly T[], patch: (word: T) => Partial<CompareSpec>): Reader {
	return (value) => {
		const word = words.find((known) => known === value);
		return word === undefined ? null : patch(word);
	};
}

/** How the page's own parts of an address are read. A test makes sure that no knob has one of these names. */
export const readers: Readonly<Record<string, Reader>> = Object.assign(
	Object.create(null) as Record<string, Reader>,
	{
		x: oneOf<Quantity>(quantities, (x) => ({ x })),
		y: oneOf<Quantity>(quantities, (y) => ({ y })),
		count: oneOf(counts, (count) => ({ count })),
		bn: oneOf(batchNorms, (batchNorm) => ({ batchNorm })),
		type: oneOf(Object.keys(weightTypes) as WeightType[], (weightType) => ({ weightType })),
		front: (value: string) => (value === '' ? { front: true } : null),
		hide: (value: string) => {
			const names = value.split(',');
			const hidden = groups.filter((group) => names.includes(group));
			return hidden.length === names.length ? { hidden } : null;
		},
		view: (value: string) => {
			const view = parseView(value);
			return view && { view };
		},
		at: (value: string) => (/^[\w.-]{1,80}$/.test(value) ? { selected: value } : null),
		sort: (value: string) => {
			const descending = value.startsWith('-');
			const column = columns.find((known): known is Column => known === value.slice(descending ? 1 : 0));
			return column ? { sorting: { column, descending } } : null;
		}
	}
);

function readNetwork(parts: readonly (readonly [string, string])[], ignored: Ignored[]): string {
	const named = parts.filter(([name]) => name === 'net').map(([, value]) => value);
	const known = named.findLast((value) => liveNetworks.some((id) => id === value));
	for (const value of named.filter((value) => value !== known)) {
		ignored.push({ name: 'net', value: shown(value), error: null });
	}
	return known ?? defaultSpec.network;
}

function readKnob(
	table: KnobTable,
	name: string,
	value: string
): { readonly knob: KnobRecord | null; readonly error: KnobError | null } {
	if (!Object.hasOwn(table, name)) return { knob: null, error: null };
	try {
		const knob = { [name]: parseKnobs(table, { [name]: value })[name] };
		checkKnobs(table, knob);
		return { knob: knob as KnobRecord, error: null };
	} catch (error) {
		if (!(error instanceof KnobError)) throw error;
		return { knob: null, error };
	}
}

/** `from:to,from:to` of the x and the y axis. */
function formatView({ x, y }: View): string {
	return [x, y].map((extent) => extent.map((value) => Number(value.toPrecision(4))).join(':')).join(',');
}

function parseView(text: string): View | null {
	const match = /^([\d.e+]{1,24}):([\d.e+]{1,24}),([\d.e+]{1,24}):([\d.e+]{1,24})$/.exec(text);
	if (!match) return null;
	const [x0, x1, y0, y1] = match.slice(1).map(Number);
	const x = asExtent(x0, x1);
	const y = asExtent(y0, y1);
	return x && y && { x, y };
}

function asExtent(from = NaN, to = NaN): Extent | null {
	return from > 0 && to > from && to < 1e15 ? [from, to] : null;
}
