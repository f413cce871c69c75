import { m, type Locale } from '$lib/i18n';
import { referenceNets, type ReferenceNet } from '$lib/nets/reference/referenceNet';
import { networkById } from '$lib/nets/networks';
import { costOf, groupOf, knobSearch } from './live';
import type { Model } from './model';
import { namesOf, namesOfFacts } from './names';
import { sourceText } from './sources';
import { linesOf, variantId, variantOf, type Variant } from './variants';

/** All models of the chart, and which of them lines join: made once, when the page is prerendered. */
export interface Catalogue {
	readonly models: readonly Model[];
	/** Ids of variants, in order. */
	readonly lines: readonly (readonly string[])[];
}

/** Variants without a published accuracy: they complete SqueezeNet's versions × bypasses. */
const unpublished: readonly Variant[] = ['simple', 'complex'].map((bypass) =>
	variantOf('squeezenet', { version: '1.1', bypass })
);

/** Counts every network on its graph, adds those that are only known from elsewhere, and puts all into a language. */
export function catalogue(locale: Locale): Catalogue {
	const variants = [
		...referenceNets.flatMap(({ cost }) =>
			cost.kind === 'graph' ? [variantOf(cost.network, cost.knobs)] : []
		),
		...unpublished
	];
	const models = [
		...referenceNets.map((facts) => modelOf(facts, locale)),
		...unpublished.map((variant) => countedModel(variant, [], locale))
	];
	return { models, lines: linesOf(variants) };
}

function modelOf(facts: ReferenceNet, locale: Locale): Model {
	const { cost, year, role } = facts;
	const top1 = facts.top1.map(({ value, source }) => ({ value, source: sourceText(source, locale) }));
	if (cost.kind === 'graph') {
		return { ...countedModel(variantOf(cost.network, cost.knobs), top1, locale), year };
	}
	const names = namesOfFacts(facts.name);
	return {
		id: names.name
			.toLowerCase()
			.replace(/[^a-z0-9.]+/g, '-')
			.replace(/-$/, ''),
		...names,
		group: role === 'reference' ? 'reference' : 'successor',
		year,
		input: facts.resolution,
		macs: cost.macs,
		params: cost.params,
		bnTrainable: null,
		bnStatistics: null,
		top1,
		origin: 'printed',
		costSource: costSource(cost, locale),
		note: '',
		page: null
	};
}

function countedModel(variant: Variant, top1: Model['top1'], locale: Locale): Model {
	const { network, knobs } = variant;
	return {
		id: variantId(variant),
		...namesOf(variant, locale),
		group: groupOf(network),
		year: networkById(network).year,
		input: Number(knobs['resolution']),
		...costOf(network, knobs),
		top1,
		origin: 'graph',
		costSource: '',
		note: knobs['rounding'] === 'up' ? m.compare_note_rounded({}, { locale }) : '',
		page: { network, search: knobSearch(network, knobs) }
	};
}

function costSource(cost: { readonly kind: string; readonly source: string }, locale: Locale): string {
	if (cost.kind === 'printed') return m.compare_cost_paper({}, { locale });
	if (cost.source.startsWith('torchvision')) return m.compare_cost_torchvision({}, { locale });
	return m.compare_cost_authors({}, { locale });
}
