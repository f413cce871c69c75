import Token from 'markdown-it/lib/token.mjs';
import type { Locale } from '$lib/i18n/languages';
import { terms, type Words } from '../glossary';

/** A term that a text uses: where it stands in it. */
export interface Use {
	readonly id: string;
	readonly start: number;
	readonly end: number;
}

/** Finds terms in texts of a language, the longest of those that begin at a place. */
export interface TermFinder {
	find(text: string): readonly Use[];
}

const finders = new Map<Locale, TermFinder>();

/** What finds the glossary's terms, made once for each language. */
export function termsIn(language: Locale): TermFinder {
	const known = finders.get(language);
	if (known) return known;
	const finder = termFinder(Object.entries(terms).map(([id, { words }]) => [id, words[language]] as const));
	finders.set(language, finder);
	return finder;
}

/** Texts use a term as a heading has it, in other forms, and in the plural by “s”; words of letters stand by themselves. */
export function termFinder(words: readonly (readonly [id: string, words: Words])[]): TermFinder {
	const ids = new Map(
		words.flatMap(([id, { term, also = [] }]) => [term, ...also].map((form) => [form.toLowerCase(), id]))
	);
	const forms = [...ids.keys()].toSorted((a, b) => b.length - a.length).map(pattern);
	const all = new RegExp(forms.join('|'), 'gi');
	return {
		find: (text) =>
			[...text.matchAll(all)].flatMap(({ 0: found, index }) => {
				const form = found.toLowerCase();
				const id = ids.get(form) ?? ids.get(form.replace(/s$/, ''));
				return id === undefined ? [] : [{ id, start: index, end: index + found.length }];
			})
	};
}

function pattern(form: string): string {
	const escaped = form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return `${/^\w/.test(form) ? '(?<![\\w-])' : ''}${escaped}${/[a-z]$/.test(form) ? 's?(?![\\w-])' : ''}`;
}

/**
 * Makes links to the glossary of the first use of each term in a section. Where a term stands in bold the text says itself what
 * it is; headings, tables, links, figures and questions are left as they are.
 * @param href where a term leads to
 * @returns the terms that are marked, and with those that stand in bold all that the text uses
 */
export function markTerms(
	tokens: readonly Token[],
	language: Locale,
	href: (id: string) => string
): { readonly marked: ReadonlySet<string>; readonly used: ReadonlySet<string> } {
	const finder = termsIn(language);
	const marked = new Set<string>();
	const used = new Set<string>();
	let seen = new Set<string>();
	/** How many blocks are open in which nothing is marked. */
	let within = 0;
	for (const token of tokens) {
		if (token.type === 'heading_open' && token.tag === 'h2') seen = new Set();
		if (/^(container_\w+|heading|table)_(open|close)$/.test(token.type)) within += token.nesting;
		if (within > 0 || !token.children) continue;
		token.children = markInline(token.children);
	}
	return { marked, used };

	function markInline(children: readonly Token[]): Token[] {
		let links = 0;
		let bold = 0;
		return children.flatMap((child) => {
			if (/^link_(open|close)$/.test(child.type)) links += child.nesting;
			if (/^strong_(open|close)$/.test(child.type)) bold += child.nesting;
			if (child.type !== 'text') return [child];
			const parts: Token[] = [];
			let from = 0;
			for (const { id, start, end } of finder.find(child.content)) {
				if (seen.has(id)) continue;
				// A phrase of a figure may be the first to use a term; the next use is marked then.
				if (links > 0) continue;
				seen.add(id);
				used.add(id);
				if (bold > 0) continue;
				marked.add(id);
				parts.push(textOf(child.content.slice(from, start)), ...linkOf(id, child.content.slice(start, end)));
				from = end;
			}
			return parts.length === 0 ? [child] : [...parts, textOf(child.content.slice(from))];
		});
	}

	function linkOf(id: string, text: string): Token[] {
		const open = new Token('link_open', 'a', 1);
		open.attrs = [
			['href', href(id)],
			['class', 'term'],
			['data-term', id]
		];
		return [open, textOf(text), new Token('link_close', 'a', -1)];
	}
}

function textOf(content: string): Token {
	const token = new Token('text', '', 0);
	token.content = content;
	return token;
}
