import { readdirSync, readFileSync } from 'node:fs';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

/**
 * Chinese has no blank behind a full-width mark, and markup has one wherever two parts of a paragraph stand on lines of their own. What
 * one sentence says after another goes through `joined`, and what an element says after a sentence, or it after one, through `before`.
 */
type Node = AST.Fragment['nodes'][number];

const messages = new Map<string, readonly string[]>();
for (const room of readdirSync('src/lib/i18n/messages')) {
	const texts = JSON.parse(readFileSync(`src/lib/i18n/messages/${room}/zh.json`, 'utf8')) as Record<
		string,
		string | readonly { readonly match: Record<string, string> }[]
	>;
	for (const [key, text] of Object.entries(texts))
		messages.set(key, typeof text === 'string' ? [text] : text.flatMap(({ match }) => Object.values(match)));
}
const endsFull = (key: string) =>
	(messages.get(key) ?? []).some((text) => /[。，：；！？、）”]$/u.test(text));

/** Elements that begin a line, and those that a blank beside is wanted of: fields, buttons, drawings. */
const block = new Set(
	(
		'p div section ul ol li h1 h2 h3 h4 table figure figcaption dl dt dd details summary pre form br hr header footer nav dialog ' +
		'aside article tr td th thead tbody caption option button select progress input label textarea svg canvas video img i text'
	).split(' ')
);
const isBlank = (node: Node) =>
	(node.type === 'Text' && node.data.trim() === '') || node.type === 'Comment' || node.type === 'ConstTag';

/** Fragments within a node that stand in its place, as far as they do. */
function within(node: Node): readonly AST.Fragment[] {
	switch (node.type) {
		case 'IfBlock':
			return node.alternate ? [node.consequent, node.alternate] : [node.consequent];
		case 'EachBlock':
			return node.fallback ? [node.body, node.fallback] : [node.body];
		case 'KeyBlock':
			return [node.fragment];
		default:
			return [];
	}
}

/** Blanks behind full-width marks, as the messages that end in one. @param source of a component */
function gapsIn(source: string): string[] {
	const { fragment, css } = parse(source, { modern: true });
	const style = css ? source.slice(css.start, css.end) : '';
	const found: string[] = [];

	/** Whether an element lays its children out by itself, where blanks between them are none. */
	function laysOut(node: AST.RegularElement): boolean {
		const of = source.slice(node.start, node.fragment.nodes[0]?.start ?? node.end);
		const classes = [...of.matchAll(/class(?:="([\w -]+)"|:(\w+))/g)].flatMap(([, a, b]) =>
			(a ?? b!).split(' ')
		);
		const names = [...classes.map((name) => `\\.${name}`), `(?<![\\w.-])${node.name}`];
		return names.some((name) =>
			new RegExp(`${name}(?![\\w-])[^{}]*\\{[^}]*display:\\s*(?:inline-)?(?:flex|grid)`).test(style)
		);
	}
	const endings = (node: Node | undefined): readonly string[] => {
		if (!node) return [];
		if (node.type === 'ExpressionTag')
			return [...source.slice(node.start, node.end).matchAll(/\bm\.(\w+)/g)]
				.map(([, key]) => key!)
				.filter(endsFull);
		if (node.type === 'RegularElement') return block.has(node.name) ? [] : endings(lastOf(node.fragment));
		return within(node).flatMap((part) => endings(lastOf(part)));
	};
	const lastOf = ({ nodes }: AST.Fragment) => nodes.findLast((node) => !isBlank(node));
	const isInline = (node: Node | undefined): boolean => {
		if (!node) return false;
		if (node.type === 'RegularElement') {
			const head = source.slice(node.start, node.fragment.nodes[0]?.start ?? node.end);
			return !block.has(node.name) && !/class="[^"]*\b(?:button|visually-hidden)\b/.test(head);
		}
		const parts = within(node);
		return parts.length > 0
			? parts.some(({ nodes }) => isInline(nodes.find((one) => !isBlank(one))))
			: node.type === 'ExpressionTag' || node.type === 'Text';
	};
	function look({ nodes }: AST.Fragment, isLaidOut: boolean): void {
		const shown = nodes.filter(
			(node) => node.type !== 'Comment' && node.type !== 'ConstTag' && node.type !== 'SnippetBlock'
		);
		for (const [at, node] of shown.entries()) {
			const [gap, next] = shown.slice(at + 1);
			if (!isLaidOut && gap?.type === 'Text' && /^\s/.test(gap.data))
				if (gap.data.trim() !== '' || isInline(next)) found.push(...endings(node));
		}
		for (const node of nodes) {
			for (const part of within(node)) look(part, isLaidOut);
			if (node.type === 'RegularElement') look(node.fragment, laysOut(node));
			else if (node.type === 'Component' || node.type === 'SvelteHead') look(node.fragment, false);
			else if (node.type === 'SnippetBlock') look(node.body, false);
		}
	}
	look(fragment, false);
	return found;
}

describe('a blank behind a full-width mark', () => {
	it('is found between sentences, elements and blocks, and not where there is none', () => {
		const [sentence, label] = ['{m.classes_done()}', '{m.classes_title()}'];
		expect([endsFull('classes_done'), endsFull('classes_title')]).toEqual([true, false]);
		for (const bad of [
			`<p>${sentence} {m.classes_title()}</p>`,
			`<p>${sentence}\n<a href="/">x</a></p>`,
			`<p><strong>${sentence}</strong> x</p>`,
			`<p>{#if a}${sentence}{:else}x{/if}\n{#if b}<span>x</span>{/if}</p>`,
			`<p>{before(m.classes_done())} x</p>`,
			`<p class="row">${sentence} <a href="/">x</a></p><style>.row { color: red }</style>`
		])
			expect([bad, gapsIn(bad)]).toEqual([bad, ['classes_done']]);
		for (const good of [
			`<p>${label} ${label}</p>`,
			`<p>{before(m.classes_done())}<a href="/">x</a></p>`,
			`<p>${sentence}</p> <p>x</p>`,
			`<p>${sentence} <button>x</button></p>`,
			`<p class="row">${sentence} <a href="/">x</a></p><style>.row { display: flex }</style>`
		])
			expect([good, gapsIn(good)]).toEqual([good, []]);
	});

	const components = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.svelte')
	);
	it('stands nowhere in the components', () => {
		const found = components.flatMap((file) =>
			gapsIn(readFileSync(`src/${file}`, 'utf8')).map((key) => `${file}: ${key}`)
		);
		expect(found).toEqual([]);
	});
});
