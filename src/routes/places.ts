import { m } from '$lib/i18n';

/** Places in the header, at the foot and on the home page, in the order in which a reader meets them. A place joins when it has a page. */
export const places = [
	{ path: 'learn', section: 'learn', label: m.shell_place_learn },
	{ path: 'ops/standard', section: 'ops', label: m.shell_place_ops },
	{ path: 'networks', section: 'networks', label: m.shell_place_networks },
	{ path: 'compare', section: 'compare', label: m.shell_place_compare },
	{ path: 'playground', section: 'playground', label: m.shell_place_playground },
	{ path: 'blocks', section: 'blocks', label: m.shell_place_blocks },
	{ path: 'compression', section: 'compression', label: m.shell_place_compression },
	{ path: 'convolutions', section: 'convolutions', label: m.shell_place_convolutions },
	{ path: 'train', section: 'train', label: m.shell_place_train },
	{ path: 'learn/errata', section: 'errata', label: m.shell_place_errata }
] as const;

export type Section = (typeof places)[number]['section'];

/** The errata have a strip of the home page to themselves; of all others it shows a small picture. */
export type Pictured = Exclude<Section, 'errata'>;
export const picturedPlaces = places.filter(
	(place): place is Extract<(typeof places)[number], { section: Pictured }> => place.section !== 'errata'
);

/** The place that a page below the language (`/learn/errata`) belongs to: of two that hold it, the smaller. */
export function placeAt(path: string): Section | undefined {
	const [, first] = path.split('/');
	const holding = places.filter(({ path: of, section }) => section === first || path === `/${of}`);
	return holding.at(-1)?.section;
}
