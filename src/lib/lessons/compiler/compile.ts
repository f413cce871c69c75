import type { Token } from 'markdown-it';
import type { Locale } from '$lib/i18n/languages';
import {
	firstSeed,
	siteMark,
	type Exercise,
	type FigureState,
	type Lesson,
	type NumberQuestion,
	type Part,
	type PlacedFigure,
	type Question
} from './lesson';
import { filledAddress, valuesIn } from './problem';
import { type Environment, fill, markdown } from './markdown';
import { type Draft, passagesOf } from './passages';
import { markTerms } from './terms';
import { terms as glossary } from '../glossary';

/** Texts by name: numbers of the prose, and right answers. */
export type Texts = Readonly<Record<string, (language: Locale) => string>>;

export interface Source {
	readonly slug: string;
	readonly number: number | null;
	readonly language: Locale;
	/** The file's text. */
	readonly text: string;
	readonly quantities: Texts;
	readonly answers: Texts;
	/** Questions for a number, by name. */
	readonly exercises: Readonly<Record<string, Exercise>>;
}

/** A lesson, and what its page need not know. */
export interface Compiled {
	readonly lesson: Lesson;
	/** Its parts as they are written, one after the other. */
	readonly parts: readonly Part[];
	/** Names of the quantities that it uses. */
	readonly quantities: ReadonlySet<string>;
	/** Names of the glossary's terms that it uses. */
	readonly terms: ReadonlySet<string>;
	/** What phrases set figures to. */
	readonly phrases: readonly FigureState[];
	/** Pages of the site that it leads to, below the language. */
	readonly pages: readonly string[];
	/** Names within the page. */
	readonly names: readonly string[];
}

/** Makes a lesson of its Markdown. Throws for whatever a reader would stumble over. */
export function compileLesson(source: Source): Compiled {
	try {
		return compile(source);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${source.language}/${source.slug}.md: ${reason}`, { cause: error });
	}
}

function compile({ slug, number, language, text, quantities, answers, exercises }: Source): Compiled {
	const used = new Set<string>();
	const environment: Environment = {
		quantity(name) {
			const quantity = Object.hasOwn(quantities, name) ? quantities[name] : undefined;
			if (!quantity) throw new Error(`there is no quantity {{${name}}}`);
			used.add(name);
			return quantity(language);
		},
		// A lesson's page lies two steps below its language, under whatever the whole site lies.
		anchors: [],
		phrases: [],
		targets: [],
		pages: []
	};
	const { title, lead, body } = frontMatter(text, environment);
	const tokens = markdown.parse(body, environment);
	const { marked, used: terms } = markTerms(tokens, language, (id) => `${siteMark}/learn/glossary#${id}`);
	const drafts = draftsOf(tokens, environment, { answers, exercises, language });
	const parts = drafts.map(({ part }) => part);

	const figures = parts.filter((part): part is PlacedFigure => part.kind === 'figure');
	const names = [
		...environment.anchors.map(({ anchor }) => anchor),
		...parts.flatMap((part) => (part.kind === 'prose' ? [] : [part.name]))
	];
	const twice = names.find((name, i) => names.indexOf(name) !== i);
	if (twice !== undefined) throw new Error(`the name #${twice} is given twice`);
	const nowhere = environment.targets.find((target) => !names.includes(target));
	if (nowhere !== undefined) throw new Error(`nothing here is called #${nowhere}`);
	const phrases = environment.phrases.map(({ figure: name, search }) => {
		const figure = figures.find((other) => other.name === name);
		if (!figure) throw new Error(`no figure here is called #${name}`);
		return { id: figure.id, of: figure.of, search };
	});
	const asked = (kind: Part['kind']) =>
		parts.flatMap((part) => (part.kind === kind && part.kind !== 'prose' ? [part.name] : []));
	const unasked = Object.keys(answers).find((name) => !asked('question').includes(name));
	if (unasked !== undefined) throw new Error(`the answer ${unasked} has no question`);
	const unset = Object.keys(exercises).find((name) => !asked('number').includes(name));
	if (unset !== undefined) throw new Error(`the exercise ${unset} has no question`);

	const lesson = {
		...{ slug, number, title, lead, passages: passagesOf(drafts), sections: environment.anchors },
		terms: Object.fromEntries(
			[...marked].map((id) => {
				const { words, shown } = glossary[id]!;
				return [id, { term: words[language].term, says: words[language].says, shown }];
			})
		)
	};
	return { lesson, parts, quantities: used, terms, phrases, pages: environment.pages, names };
}

/** Title and lead of a lesson, which the contents show too. */
export function frontMatter(
	text: string,
	environment: Pick<Environment, 'quantity'>
): { readonly title: string; readonly lead: string; readonly body: string } {
	const [all, title, lead] = /^---\ntitle: (.+)\nlead: (.+)\n---\n/.exec(text) ?? [];
	if (all === undefined || title === undefined || lead === undefined)
		throw new Error('it has to begin with ---, title: …, lead: …, ---');
	return { title, lead: fill(lead, environment), body: text.slice(all.length) };
}

/** What answers the questions of a lesson. */
type Given = Pick<Source, 'answers' | 'exercises' | 'language'>;

/** Prose ends where a figure, a question or a section begins. */
function draftsOf(tokens: Token[], environment: Environment, given: Given): Draft[] {
	const drafts: Draft[] = [];
	let prose: Token[] = [];
	const closeProse = () => {
		if (prose.length === 0) return;
		const hasHeading = isHeading(prose[0]!);
		const [heading, text] = hasHeading ? [prose.slice(0, 3), prose.slice(3)] : [[], prose];
		drafts.push({
			part: { kind: 'prose', html: render(text, environment) },
			heading: render(heading, environment),
			drives: drivenBy(prose)
		});
		prose = [];
	};
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i]!;
		const kind = /^container_(figure|question|number)_open$/.exec(token.type)?.[1];
		if (isHeading(token)) closeProse();
		if (kind === undefined) {
			prose.push(token);
			continue;
		}
		closeProse();
		const end = closing(tokens, i);
		const inside = tokens.slice(i + 1, end);
		drafts.push({
			part:
				kind === 'figure'
					? figureOf(token.info, inside, environment)
					: kind === 'question'
						? questionOf(token.info, inside, environment, given)
						: numberOf(token.info, inside, environment, given),
			heading: '',
			drives: drivenBy(inside)
		});
		i = end;
	}
	closeProse();
	return drafts;
}

const isHeading = ({ type, tag }: Token) => type === 'heading_open' && tag === 'h2';

/** Names of the figures that phrases drive. */
function drivenBy(tokens: readonly Token[]): string[] {
	return tokens
		.flatMap(({ children }) => children ?? [])
		.flatMap((token) => (token.type === 'link_open' ? (token.attrGet('data-figure') ?? []) : []));
}

/** Where the token that closes the one at `start` is. */
function closing(tokens: readonly Token[], start: number): number {
	const { level } = tokens[start]!;
	return tokens.findIndex((token, i) => i > start && token.level === level && token.nesting === -1);
}

function render(tokens: Token[], environment: Environment): string {
	const html = markdown.renderer.render(tokens, markdown.options, environment);
	// Markdown wants a blank there, and Chinese none.
	return html.replaceAll(/(?<=[。！？：；]<\/strong>) /g, '');
}

/** ` figure bench/standard?step=12 #slices with groups, layers`, or `with none` where the phrases are enough. */
function figureOf(info: string, caption: Token[], environment: Environment): PlacedFigure {
	const [, id, of = '', search = '', name, controls] =
		/^\s*figure\s+([a-zA-Z][\w-]*)(?:\/([\w-]+))?(\?\S+)?\s+#([a-z][a-z0-9-]*)(?:\s+with\s+(\w+(?:,\s*\w+)*))?\s*$/.exec(
			info
		) ?? [];
	if (id === undefined || name === undefined)
		throw new Error(
			`“:::${info}” is not “:::figure id?state #name” or “:::figure id?state #name with controls”`
		);
	if (caption.length === 0) throw new Error(`the figure #${name} has no caption`);
	return {
		...{ kind: 'figure', id, of, search, name },
		caption: render(caption, environment),
		controls: controls === undefined ? null : controls === 'none' ? [] : controls.split(/,\s*/)
	};
}

/** ` question name`: what is asked, a list of options, a line, what is shown when it is revealed. */
function questionOf(
	info: string,
	tokens: Token[],
	environment: Environment,
	{ answers, language }: Given
): Question {
	const { name, list, line } = askedOf('question', info, tokens);
	const options = tokens.slice(list, line).filter(({ type }) => type === 'inline');
	const answer = Object.hasOwn(answers, name) ? answers[name]!(language) : undefined;
	if (answer === undefined) throw new Error(`the question ${name} has no answer`);
	const right = options.flatMap(({ content }, i) => (fill(content, environment) === answer ? [i] : []));
	if (right.length !== 1 || right[0] === undefined) {
		const texts = options.map(({ content }) => fill(content, environment)).join(' | ');
		throw new Error(`the answer of ${name}, “${answer}”, is ${right.length} of its options: ${texts}`);
	}
	return {
		kind: 'question',
		name,
		prompt: render(tokens.slice(0, list), environment),
		options: options.map(({ children }) =>
			markdown.renderer.renderInline(children ?? [], markdown.options, environment)
		),
		right: right[0],
		reveal: render(tokens.slice(line + 1), environment)
	};
}

/** Name of a question, and where among its tokens its list and the line after it are. */
function askedOf(kind: 'question' | 'number', info: string, tokens: readonly Token[]) {
	const name = new RegExp(`^\\s*${kind}\\s+([a-z][a-z0-9-]*)\\s*$`).exec(info)?.[1];
	if (name === undefined) throw new Error(`“:::${info}” is not “:::${kind} name”`);
	const level = tokens[0]?.level;
	const top = (type: string) => tokens.findIndex((token) => token.type === type && token.level === level);
	const list = top('bullet_list_open');
	const line = top('hr');
	if (list < 1 || line < list)
		throw new Error(`the question ${name} has no text, no list or no --- after it`);
	return { name, list, line };
}

/** ` number name`: what is asked, a list of `mistake: what was probably done`, a line, how the answer comes about. */
function numberOf(
	info: string,
	tokens: Token[],
	environment: Environment,
	{ exercises }: Given
): NumberQuestion {
	const { name, list, line } = askedOf('number', info, tokens);
	const exercise = Object.hasOwn(exercises, name) ? exercises[name] : undefined;
	if (!exercise) throw new Error(`the question ${name} has no exercise`);
	const first = exercise.at(firstSeed);
	const inline = tokens.filter(({ type }) => type === 'inline');
	// A formula's braces are its own.
	if (inline.some(({ children }) => children?.some(({ type }) => type.startsWith('math'))))
		throw new Error(`the question ${name} has a formula: write its numbers as text`);
	// Where its links lead to is known with the first sizes; others are of the same kind.
	const links = inline.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open');
	for (const link of links) {
		const [page, search] = [link.attrGet('href')!.replace(siteMark, ''), link.attrGet('data-state')];
		for (const [i, written] of environment.pages.entries())
			if (written === page) environment.pages[i] = filledAddress(page, first.values);
		for (const [i, { figure, search: written }] of environment.phrases.entries())
			if (written === search)
				environment.phrases[i] = { figure, search: filledAddress(written, first.values) };
	}

	const mistakes = Object.fromEntries(
		tokens
			.slice(list, line)
			.filter(({ type }) => type === 'inline')
			.map(({ children }) => {
				const html = markdown.renderer.renderInline(children ?? [], markdown.options, environment);
				const [, mistake, words] = /^([a-z][a-zA-Z]*):\s*(.+)$/s.exec(html) ?? [];
				if (mistake === undefined || words === undefined)
					throw new Error(`“${html}” of the question ${name} is not “mistake: what was probably done”`);
				return [mistake, words];
			})
	);
	const [said, foreseen] = [Object.keys(mistakes).sort(), exercise.mistakes.toSorted()];
	if (said.join() !== foreseen.join())
		throw new Error(
			`the question ${name} speaks of ${said.join(', ') || 'no mistake'}, its exercise of ${foreseen.join(', ')}`
		);
	const question: NumberQuestion = {
		...{ kind: 'number', name, mistakes, first },
		prompt: render(tokens.slice(0, list), environment),
		reveal: render(tokens.slice(line + 1), environment)
	};
	const known = Object.keys(first.values);
	const used = [question.prompt, question.reveal, ...Object.values(mistakes)].flatMap(valuesIn);
	const unknown = used.find((value) => !known.includes(value));
	if (unknown !== undefined)
		throw new Error(`the question ${name} has no value {${unknown}}; it has ${known.join(', ')}`);
	const unasked = valuesIn(question.prompt).includes('answer');
	if (unasked || !valuesIn(question.reveal).includes('answer'))
		throw new Error(`the question ${name} says {answer} before its line, or not after it`);
	return question;
}
