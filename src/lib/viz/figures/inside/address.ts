import { m } from '$lib/i18n';
import type { ResolvedGraph } from '$lib/nets';
import { logitsOf, nearestWord } from '$lib/nets';
import { mapSizes } from '../../layout/mapGrid';
import { mapSorts } from '../../layout/mapStrength';
import { defaultInside, hasPixel, type InsideState } from './state';

/** Names of the parts of an address that are this figure's, so that its page can tell them from its own. */
export const insideParts = ['layer', 'map', 'pixel', 'class', 'sort', 'size', 'colours'] as const;
type Part = (typeof insideParts)[number];

const shown = (text: string) => text.slice(0, 60);

/**
 * Reads what is looked at from an address's search. What is not said is as at first; what cannot be is left so too, and
 * told in a sentence.
 */
export function readInside(
	search: string | URLSearchParams,
	network: ResolvedGraph
): { readonly state: InsideState; readonly problems: readonly string[] } {
	const parts = new URLSearchParams(search);
	const problems: string[] = [];
	let state = defaultInside(network);
	for (const name of insideParts) {
		const value = parts.get(name);
		if (value === null) continue;
		const read = readers[name](value, state, network);
		if (typeof read === 'string') problems.push(read);
		else state = { ...state, ...read };
	}
	return { state, problems };
}

/** The inverse of {@link readInside}: what differs from how it is at first. */
export function writeInside(
	state: InsideState,
	network: ResolvedGraph
): readonly (readonly [name: Part, value: string])[] {
	const usual = defaultInside(network);
	const parts: [Part, string][] = [];
	if (state.layer !== usual.layer) parts.push(['layer', state.layer]);
	if (state.channel !== null) parts.push(['map', String(state.channel)]);
	if (state.pixel) parts.push(['pixel', `${state.pixel.y},${state.pixel.x}`]);
	if (state.classIndex !== null) parts.push(['class', String(state.classIndex)]);
	if (state.sort !== usual.sort) parts.push(['sort', state.sort]);
	if (state.size !== usual.size) parts.push(['size', String(state.size)]);
	if (state.ownScale) parts.push(['colours', 'own']);
	return parts;
}

/** What a part says, or a sentence of what is wrong with it. Later parts see what earlier ones said. */
type Reader = (value: string, state: InsideState, network: ResolvedGraph) => Partial<InsideState> | string;

const readers: Readonly<Record<Part, Reader>> = {
	layer(value, _, network) {
		if (network.byRef.has(value)) return { layer: value };
		const nearest = nearestWord(value, [...network.byRef.keys()]);
		return m.inside_address_layer({ value: shown(value), nearest });
	},
	map(value, { layer }, network) {
		const count = network.byRef.get(layer)!.shape[2];
		const channel = whole(value, count);
		return channel === null
			? m.inside_address_map({ value: shown(value), layer, last: count - 1 })
			: { channel };
	},
	pixel(value, { layer, channel }, network) {
		const tensor = network.byRef.get(layer)!;
		const [y = null, x = null] = /^\d{1,5},\d{1,5}$/.test(value) ? value.split(',').map(Number) : [];
		const pixel = y === null || x === null ? null : { y, x };
		if (channel !== null && hasPixel(tensor, pixel)) return { pixel };
		const [height, width] = tensor.shape;
		return m.inside_address_pixel({ value: shown(value), rows: height - 1, columns: width - 1 });
	},
	class(value, _, network) {
		const count = logitsOf(network).shape[2];
		const classIndex = whole(value, count);
		return classIndex === null
			? m.inside_address_class({ value: shown(value), last: count - 1 })
			: { classIndex };
	},
	sort(value) {
		const sort = mapSorts.find((known) => known === value);
		return sort
			? { sort }
			: m.inside_address_word({ name: 'sort', value: shown(value), known: mapSorts.join(', ') });
	},
	size(value) {
		const size = mapSizes.find((known) => String(known) === value);
		return size
			? { size }
			: m.inside_address_word({ name: 'size', value: shown(value), known: mapSizes.join(', ') });
	},
	colours(value) {
		return value === 'own'
			? { ownScale: true }
			: m.inside_address_word({ name: 'colours', value: shown(value), known: 'own' });
	}
};

/** A whole number below `count`, from digits alone. */
function whole(value: string, count: number): number | null {
	return /^\d{1,6}$/.test(value) && Number(value) < count ? Number(value) : null;
}
