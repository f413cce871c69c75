import { m, type Locale } from '$lib/i18n';

/** A reading of one form in which the facts name a source; `null` where the text has another. */
type Reading = (text: string, locale: Locale) => string | null;

/**
 * Where an accuracy is from, in the language of the page. The facts name sources in English, in a few fixed forms; what they
 * add in parentheses (how a figure was read, what else stands beside it) is left out.
 */
export function sourceText(source: string, locale: Locale): string {
	const parts = withoutAsides(source).split(/; | \/ /);
	const read = parts.map((part) => readings.map((reading) => reading(part.trim(), locale)).find(Boolean));
	const separator = m.compare_source_and({}, { locale });
	return read.filter((text) => text !== undefined).join(separator) || source;
}

const readings: readonly Reading[] = [
	match(
		/^(?:quoted in )?(.+?)(?: paper)?(?: \[arXiv (v\d)\])? Table (\d+)/,
		([paper = '', version, table = ''], locale) =>
			version
				? m.compare_source_version({ paper, version, table }, { locale })
				: m.compare_source_paper({ paper, table }, { locale })
	),
	match(/^(.+) paper$/, ([paper = ''], locale) => m.compare_source_work({ paper }, { locale })),
	match(
		/^torchvision ([\d.]+) weights (\w+) IMAGENET1K_(V\d), single (\d+) centre crop$/,
		([release = '', weights = '', version = '', side = ''], locale) =>
			m.compare_source_weights({ release, weights: `${weights} ${version}`, side }, { locale })
	),
	match(/^torchvision ([\d.]+) weights$/, ([release = ''], locale) =>
		m.compare_source_torchvision({ release }, { locale })
	),
	match(/^(tensorflow\/models(?: slim)?|megvii) README/, ([repository = ''], locale) =>
		m.compare_source_readme({ repository }, { locale })
	),
	match(/^([\d.]+) in (\S+) README$/, ([, repository = ''], locale) =>
		m.compare_source_readme({ repository }, { locale })
	),
	match(/^Keras applications/, (_, locale) => m.compare_source_keras({}, { locale }))
];

function match(form: RegExp, write: (groups: readonly string[], locale: Locale) => string): Reading {
	return (text, locale) => {
		const found = form.exec(text);
		return found && write(found.slice(1), locale);
	};
}

function withoutAsides(source: string): string {
	return source.replace(/\((arXiv v\d)\)/, '[$1]').replace(/ ?\([^)]*\)/g, '');
}
