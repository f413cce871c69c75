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
	{ path: 'convolutions', section: 'convolutions', label: m.shell_place_convolutions }
] as const;

export type Section = (typeof places)[number]['section'];
