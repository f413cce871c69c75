import { m } from '$lib/i18n';

/** A place in the header and on the home page: its address below the language, and the first part of what belongs to it. */
interface Place {
	readonly path: string;
	readonly section: string;
	readonly label: (typeof m)['shell_name'];
	/** What is to be found there, in a sentence. */
	readonly about: (typeof m)['shell_name'];
}

/** In the order in which a reader meets them. A place joins when it has a page. */
export const places: readonly Place[] = [
	{ path: 'learn', section: 'learn', label: m.shell_place_learn, about: m.home_about_learn },
	{ path: 'ops/standard', section: 'ops', label: m.shell_place_ops, about: m.home_about_ops },
	{
		path: 'networks',
		section: 'networks',
		label: m.shell_place_networks,
		about: m.home_about_networks
	},
	{ path: 'compare', section: 'compare', label: m.shell_place_compare, about: m.home_about_compare },
	{
		path: 'playground',
		section: 'playground',
		label: m.shell_place_playground,
		about: m.home_about_playground
	}
];
