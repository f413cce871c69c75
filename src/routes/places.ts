import { m } from '$lib/i18n';

/** Places in the header and on the home page, in the order in which a reader meets them. A place joins when it has a page. */
export const places = [
	{ path: 'learn', section: 'learn', label: m.shell_place_learn },
	{ path: 'ops/standard', section: 'ops', label: m.shell_place_ops },
	{ path: 'networks', section: 'networks', label: m.shell_place_networks },
	{ path: 'compare', section: 'compare', label: m.shell_place_compare },
	{ path: 'playground', section: 'playground', label: m.shell_place_playground }
] as const;
