import { locales, m } from '$lib/i18n';
import { areAlike, mostClasses } from './ownClass.svelte';

/** Names that the page gives. Numbers go beyond the most classes where some are taken. */
const given = [
	...Array.from(
		{ length: 2 * mostClasses },
		(_, i) => (options: Options) => m.classes_name({ number: i + 1 }, options)
	),
	(options: Options) => m.classes_example_circles({}, options),
	(options: Options) => m.classes_example_squares({}, options),
	(options: Options) => m.classes_example_stars({}, options)
];
type Options = NonNullable<Parameters<typeof m.classes_example_circles>[1]>;

/** Names of classes that come from a page in any language: those that a page gave, and nobody has changed, in that of this page. */
export function inThisLanguage(names: readonly string[]): readonly string[] {
	const own = names.map((name) => {
		const nameOf = given.find((of) => locales.some((locale) => of({ locale }) === name));
		return nameOf?.({}) ?? name;
	});
	// Two that would be one stay as they are.
	return own.map((name, i) => (own.filter((other) => areAlike(other, name)).length > 1 ? names[i]! : name));
}
