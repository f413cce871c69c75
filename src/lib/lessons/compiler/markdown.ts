import { container } from '@mdit/plugin-container';
import { tex } from '@mdit/plugin-tex';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import cjkBreaks from 'markdown-it-cjk-breaks';
import cjkFriendly from 'markdown-it-cjk-friendly';
import type { Token } from 'markdown-it';
import { siteMark } from './lesson';

/** What rendering a lesson needs, and what it finds out on its way. */
export interface Environment {
	/** The text of a quantity. Throws where there is none of this name. */
	quantity(name: string): string;
	readonly anchors: { readonly anchor: string; readonly html: string }[];
	/** Phrases that drive a figure. */
	readonly phrases: { readonly figure: string; readonly search: string }[];
	/** Names within the page that links lead to. */
	readonly targets: string[];
	/** Pages of the site that links lead to, below the language. */
	readonly pages: string[];
}

/** Puts quantities into a text. */
export function fill(text: string, { quantity }: Pick<Environment, 'quantity'>): string {
	return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => quantity(name));
}

/** Puts quantities into a formula: a comma between thousands is no list, and a percent sign no comment. */
function fillFormula(text: string, environment: Environment): string {
	return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
		environment.quantity(name).replaceAll(',', '{,}').replaceAll('%', '\\%')
	);
}

function renderFormula(text: string, displayMode: boolean, environment: Environment): string {
	const html = katex.renderToString(fillFormula(text.trim(), environment), { displayMode, strict: 'error' });
	// What scrolls on narrow screens must be reached by keyboard.
	return displayMode ? html.replace('class="katex-display"', 'class="katex-display" tabindex="0"') : html;
}

/** Lessons write Markdown, formulas between dollar signs, and `:::figure`, `:::question` and `:::number` blocks; HTML is shown as text. */
export const markdown: MarkdownIt = MarkdownIt({ html: false })
	.use(cjkFriendly)
	.use(cjkBreaks)
	.use(tex, { render: renderFormula as (text: string, displayMode: boolean, environment: unknown) => string })
	.use(container, { name: 'figure' })
	.use(container, { name: 'question' })
	.use(container, { name: 'number' });

markdown.core.ruler.after('inline', 'lesson', ({ tokens, env }) => {
	const environment = env as Environment;
	tokens.forEach((token, i) => {
		for (const child of token.children ?? []) {
			if (child.type === 'text' || child.type === 'code_inline')
				child.content = fill(child.content, environment);
			if (child.type === 'link_open') setLink(child, environment);
		}
		if (token.type === 'heading_open') setAnchor(token, tokens[i + 1]!, environment);
	});
});

/** A number, with what it counts in a word or sign: 569 million, 70.6%, 5.69 亿; or none. */
const isNumber = (text: string) => /^(–|[−-]?\d[\d.,]*\s?\D{0,8})$/.test(text);

/** So much that it must not be squeezed into a line for each word or, in Chinese, for each character. */
const isSentence = (text: string) => text.replace(/\p{Script=Han}/gu, 'xx').length >= 24;

markdown.core.ruler.after('lesson', 'numbers', ({ tokens }) => {
	let column = 0;
	let columns: { readonly cells: Token[]; readonly texts: string[] }[] = [];
	tokens.forEach((token, i) => {
		if (token.type === 'table_open') columns = [];
		if (token.type === 'tr_open') column = 0;
		if (token.type === 'th_open') columns.push({ cells: [token], texts: [] });
		if (token.type === 'td_open') {
			const { cells, texts } = columns[column]!;
			cells.push(token);
			const words = (tokens[i + 1]?.children ?? []).filter(({ type }) => type !== 'math_inline');
			texts.push(words.map(({ content }) => content).join(''));
			column++;
		}
		if (token.type !== 'table_close') return;
		// The first names its row.
		for (const { cells, texts } of columns.slice(1)) {
			const kind = texts.every(isNumber) ? 'number' : texts.some(isSentence) ? 'words' : undefined;
			if (kind) for (const cell of cells) cell.attrJoin('class', kind);
		}
	});
});

/** Marks that no line may begin with. */
const closing = /^[，。；：、？！）”.,;:?!)]+/;
/** A formula that no line needs to break within: of one part, or of two that are short, as in g = 2. */
function isShortFormula({ type, content }: Token, environment: Environment): boolean {
	if (type !== 'math_inline') return false;
	const parts = renderFormula(content, false, environment).split('class="katex-base"').length - 1;
	return parts === 1 || (parts === 2 && content.length <= 12);
}

markdown.renderer.rules['math_kept'] = (tokens, i) => tokens[i]!.content;

// After a formula a line may break whatever follows, since its parts are boxes: a short one takes its mark along.
markdown.core.ruler.after('numbers', 'marks', ({ tokens, env, Token }) => {
	for (const { children } of tokens) {
		children?.forEach((child, i) => {
			const next = children[i + 1];
			const [marks] = closing.exec(next?.type === 'text' ? next.content : '') ?? [];
			if (marks === undefined || !isShortFormula(child, env as Environment)) return;
			next!.content = next!.content.slice(marks.length);
			const kept = new Token('math_kept', '', 0);
			kept.content = `<span class="kept">${markdown.renderer.renderInline([child], markdown.options, env)}${marks}</span>`;
			children[i] = kept;
		});
	}
});

/** `## Heading {#anchor}`. */
function setAnchor(heading: Token, inline: Token, environment: Environment): void {
	const last = inline.children?.at(-1);
	const [all, anchor] = /\s*\{#([a-z][a-z0-9-]*)\}$/.exec(last?.content ?? '') ?? [];
	if (!last || all === undefined || anchor === undefined)
		throw new Error(`the heading “${inline.content}” has no {#anchor}`);
	last.content = last.content.slice(0, -all.length);
	heading.attrSet('id', anchor);
	const html = markdown.renderer.renderInline(inline.children!, markdown.options, environment);
	if (heading.tag === 'h2') environment.anchors.push({ anchor, html });
	else environment.targets.push(anchor);
}

/** Links lead to a name in the page, to a phrase's figure, to a page of the site (`/networks/mobilenet`), or to another site. */
function setLink(link: Token, environment: Environment): void {
	const href = String(link.attrGet('href'));
	const [, name, search] = /^#([a-z][a-z0-9-]*)(\?.+)?$/.exec(href) ?? [];
	if (name !== undefined && search !== undefined) {
		environment.phrases.push({ figure: name, search });
		link.attrSet('href', `#${name}`);
		link.attrSet('class', 'phrase');
		link.attrSet('data-figure', name);
		link.attrSet('data-state', search);
	} else if (name !== undefined) {
		environment.targets.push(name);
	} else if (href.startsWith('/')) {
		environment.pages.push(href);
		link.attrSet('href', siteMark + href);
	} else if (href.startsWith('https://')) {
		link.attrSet('rel', 'external');
	} else {
		throw new Error(`the link ${href} leads nowhere: #name, #name?state, /page or https://…`);
	}
}

// Tables look as all do (viz/ui/table.css): wide ones scroll inside themselves.
markdown.renderer.rules.table_open = () => '<div class="data-table" tabindex="0"><table>';
markdown.renderer.rules.table_close = () => '</table></div>';
markdown.renderer.rules.heading_close = (tokens, i) => {
	const anchor = tokens[i - 2]?.attrGet('id');
	return ` <a class="anchor" href="#${anchor}" aria-hidden="true" tabindex="-1">#</a></${tokens[i]!.tag}>`;
};
