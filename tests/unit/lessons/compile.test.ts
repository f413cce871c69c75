import { describe, expect, it } from 'vitest';
import { compileLesson, type Source } from '../../../src/lib/lessons/compiler/compile';

const head = '---\ntitle: Title\nlead: Lead of {{n}}\n---\n';
const compile = (body: string, source: Partial<Source> = {}) =>
	compileLesson({
		slug: 'test',
		number: 1,
		language: 'en',
		text: head + body,
		quantities: { n: (language) => (language === 'zh' ? '一' : '1,234'), share: () => '5%' },
		answers: {},
		exercises: {},
		...source
	});
const html = (body: string, source?: Partial<Source>) =>
	compile(body, source)
		.parts.map((part) => (part.kind === 'prose' ? part.html : `<${part.kind}>`))
		.join('');

const figure = ':::figure ratio?filters=3 #saving\nCaption.\n:::\n';

describe('compileLesson(source)', () => {
	it('puts quantities into prose, code and formulas, in the language', () => {
		expect(html('{{n}} and `{{n}}`')).toBe('<p>1,234 and <code>1,234</code></p>\n');
		expect(html('{{n}}', { language: 'zh' })).toBe('<p>一</p>\n');
		expect(html('${{n}}$')).toContain('1{,}234');
		expect(html('${{share}}$')).toContain('5\\%');
		expect(compile('').lesson.lead).toBe('Lead of 1,234');
		expect(compile('{{share}}').quantities).toEqual(new Set(['n', 'share']));
	});

	it('typesets formulas as HTML with MathML for screen readers', () => {
		expect(html('$\\frac{1}{N}$')).toMatch(/class="katex".*<math.*katex-html/);
		expect(html('$$\\frac{1}{N}$$')).toContain('katex-display');
	});

	it('sets Chinese as Chinese is written: no space at a line end, emphasis beside punctuation', () => {
		expect(html('一行\n又一行')).toBe('<p>一行又一行</p>\n');
		expect(html('**逐点卷积（pointwise）**是')).toContain('<strong>逐点卷积（pointwise）</strong>是');
	});

	it('shows HTML as text', () => {
		expect(html('<b>x</b>')).toBe('<p>&lt;b&gt;x&lt;/b&gt;</p>\n');
	});

	it('sets a column of numbers as numbers, and no other', () => {
		const table = html(
			'| a | b | c | d | e |\n| - | - | - | - | - |\n| 1 | {{n}} | 0.5 million | 5.69 亿 | 3×3 |\n| 2 | – | −1.2% | 16 | 7 |\n'
		);
		expect(table).toContain('<div class="data-table" tabindex="0"><table>');
		expect(table.match(/class="number"/g)).toHaveLength(9);
		expect(table).toContain('<td>1</td>\n<td class="number">1,234</td>');
		expect(table).toContain('<td>3×3</td>');
	});

	it('keeps a column of sentences from being squeezed, in both languages', () => {
		const table = html(
			'| a | b | c |\n| - | - | - |\n| 1 | each channel sees only itself | 3×3 |\n| 2 | 一切都要经过少数几个通道 | short |\n'
		);
		expect(table.match(/class="words"/g)).toHaveLength(3);
		expect(table).toContain('<td class="words">一切都要经过少数几个通道</td>\n<td>short</td>');
	});

	it('lets no line begin with the mark after a short formula, and a long one break', () => {
		const short = html('取 $N$，再取 $k$ 个');
		expect(short).toMatch(
			/^<p>取 <span class="kept"><span class="katex">.*<\/span>，<\/span>再取 <span class="katex">/
		);
		expect(short.match(/，/g)).toHaveLength(1);
		expect(html('with $g = 2$. And')).toMatch(/<span class="kept">.*\.<\/span> And/);
		expect(html('$a = b + c$，再')).not.toContain('kept');
	});

	it('places figures between the words', () => {
		const { parts } = compile(`A\n\n${figure}\nB`);
		expect(parts.map(({ kind }) => kind)).toEqual(['prose', 'figure', 'prose']);
		expect(parts[1]).toMatchObject({ id: 'ratio', of: '', search: '?filters=3', name: 'saving' });
		expect(parts[1]).toMatchObject({ caption: '<p>Caption.</p>\n' });
		const [bench] = compile(':::figure bench/standard?k=3 #b\nC\n:::').parts;
		expect(bench).toMatchObject({ id: 'bench', of: 'standard', search: '?k=3' });
	});

	it('says which controls a figure shows: all, some or none', () => {
		const controls = (written: string) => compile(`:::figure ratio #r${written}\nC\n:::`).parts[0];
		expect(controls('')).toMatchObject({ controls: null });
		expect(controls(' with filters, kernel')).toMatchObject({ controls: ['filters', 'kernel'] });
		expect(controls(' with none')).toMatchObject({ controls: [] });
	});

	it('makes phrases drive the figure that they name, and anchors of the rest', () => {
		const { parts, phrases } = compile(`${figure}\n[many](#saving?filters=256) [fig](#saving)`);
		expect(phrases).toEqual([{ id: 'ratio', of: '', search: '?filters=256' }]);
		expect(parts[1]).toMatchObject({
			html: expect.stringContaining(
				'<a href="#saving" class="phrase" data-figure="saving" data-state="?filters=256">many</a> <a href="#saving">fig</a>'
			)
		});
	});

	it('links to pages below the language, wherever the site lies', () => {
		expect(html('[x](/ops/standard?k=5)')).toContain('href="site:/ops/standard?k=5"');
		expect(compile('[x](/ops/standard?k=5)').pages).toEqual(['/ops/standard?k=5']);
	});

	it('takes anchors from headings', () => {
		const { lesson } = compile('## One *two* {#one}\n\n[up](#one)');
		expect(lesson.sections).toEqual([{ anchor: 'one', html: 'One <em>two</em>' }]);
		expect(lesson.passages[0]).toMatchObject({
			heading: expect.stringContaining('<h2 id="one">One <em>two</em>')
		});
	});

	it('makes a question of a list and what follows the line', () => {
		const body = ':::question q\nHow many?\n\n- {{n}}\n- **{{share}}**\n\n---\n\nSo many.\n:::';
		const [part] = compile(body, { answers: { q: () => '1,234' } }).parts;
		expect(part).toEqual({
			kind: 'question',
			name: 'q',
			prompt: '<p>How many?</p>\n',
			options: ['1,234', '<strong>5%</strong>'],
			right: 0,
			reveal: '<p>So many.</p>\n'
		});
	});

	const exercises: Source['exercises'] = {
		q: {
			mistakes: ['depth'],
			at: (seed) => ({
				values: { size: seed, answer: 9 * seed },
				digits: 0,
				mistakes: [{ name: 'depth', value: 9 }]
			})
		}
	};

	it('makes a question for a number of a list of mistakes, with places for the sizes', () => {
		const body =
			':::number q\n{size}×{size}, {{n}}?\n\n- depth: It is *{size}* deep.\n\n---\n\n[{answer}](/ops/standard?in=%7Bsize%7Dx%7Bsize%7Dx1).\n:::';
		const { parts, pages } = compile(body, { exercises });
		expect(parts).toEqual([
			{
				kind: 'number',
				name: 'q',
				prompt: '<p>{size}×{size}, 1,234?</p>\n',
				mistakes: { depth: 'It is <em>{size}</em> deep.' },
				reveal: '<p><a href="site:/ops/standard?in=%7Bsize%7Dx%7Bsize%7Dx1">{answer}</a>.</p>\n',
				first: exercises.q!.at(1)
			}
		]);
		expect(pages).toEqual(['/ops/standard?in=1x1x1']);
	});

	it('knows where the links and phrases of a question lead by its own first sizes', () => {
		const other = {
			mistakes: ['depth'],
			at: () => ({ ...exercises.q!.at(1), values: { size: 7, answer: 1 } })
		};
		const asked = (name: string) =>
			`:::number ${name}\n{size}?\n\n- depth: No.\n\n---\n\n{answer} [a](/ops/standard?${name}=%7Bsize%7D) [b](#saving?filters=%7Bsize%7D&${name})\n:::\n`;
		const { pages, phrases } = compile(`${figure}\n${asked('q')}\n${asked('p')}`, {
			exercises: { ...exercises, p: other }
		});
		expect(pages).toEqual(['/ops/standard?q=1', '/ops/standard?p=7']);
		expect(phrases.map(({ search }) => search)).toEqual(['?filters=1&q', '?filters=7&p']);
	});

	const number = (prompt: string, list: string, reveal: string) =>
		`:::number q\n${prompt}\n\n${list}\n\n---\n\n${reveal}\n:::`;
	it.each([
		['without exercise', number('{size}?', '- depth: No.', '{answer}'), {}, /the question q has no exercise/],
		['an exercise without question', '', { exercises }, /the exercise q has no question/],
		[
			'that asks in a choice',
			':::question q\n{size}?\n\n- depth: No.\n\n---\n\n{answer}\n:::',
			{ exercises },
			/the question q has no answer/
		],
		[
			'with a value that is none',
			number('{other}?', '- depth: No.', '{answer}'),
			{ exercises },
			/q has no value \{other\}; it has size, answer/
		],
		[
			'with a mistake that nobody computes',
			number('{size}?', '- depth: No.\n- width: No.', '{answer}'),
			{ exercises },
			/q speaks of depth, width, its exercise of depth/
		],
		[
			'with a mistake without words',
			number('{size}?', '- depth', '{answer}'),
			{ exercises },
			/“depth” of the question q is not “mistake: what/
		],
		[
			'that says its answer',
			number('{answer}?', '- depth: No.', '{answer}'),
			{ exercises },
			/q says \{answer\}/
		],
		['that never says it', number('{size}?', '- depth: No.', 'So.'), { exercises }, /q says \{answer\}/],
		['with a formula', number('$k$?', '- depth: No.', '{answer}'), { exercises }, /q has a formula/]
	])('a question for a number %s throws', (_, body, source, message) => {
		expect(() => compile(body, source)).toThrow(message);
	});

	const question = ':::question q\nHow?\n- {{n}}\n- {{share}}\n---\nSo.\n:::';
	it.each([
		['a quantity that nobody computes', '{{other}}', {}, /there is no quantity \{\{other\}\}/],
		['a heading without anchor', '## One', {}, /heading “One” has no \{#anchor\}/],
		[
			'a phrase away from its figure',
			`## One {#one}\n\n${figure}\n## Two {#two}\n\n:::figure ratio #other\nC\n:::\n\n[x](#saving?filters=3)`,
			{},
			/a phrase drives #saving, but stands beside #other/
		],
		[
			'a phrase before its figure',
			`## One {#one}\n\n[x](#saving?filters=3)\n\n## Two {#two}\n\n${figure}`,
			{},
			/a phrase drives #saving, but stands beside no figure/
		],
		['a name given twice', `## One {#saving}\n\n${figure}`, {}, /#saving is given twice/],
		['a phrase without figure', '## One {#one}\n\n[x](#one?k=3)', {}, /no figure here is called #one/],
		['an anchor to nothing', '[x](#nowhere)', {}, /nothing here is called #nowhere/],
		['a link that leads nowhere', '[x](ops/standard)', {}, /leads nowhere/],
		['a figure without caption', ':::figure ratio #saving\n:::', {}, /#saving has no caption/],
		['a figure without name', ':::figure ratio\nC\n:::', {}, /is not “:::figure id\?state #name”/],
		['a question without answer', question, {}, /the question q has no answer/],
		['an answer without question', '', { answers: { q: () => '' } }, /the answer q has no question/],
		['an answer that is no option', question, { answers: { q: () => '7' } }, /“7”, is 0 of its options/],
		['a lesson without title', '', { text: 'Words' }, /title/],
		['a formula that is none', '$\\frac{1}$', {}, /KaTeX/]
	])('%s throws and names the file', (_, body, source, message) => {
		expect(() => compile(body, source)).toThrow(message);
		expect(() => compile(body, source)).toThrow(/en\/test\.md/);
	});
});
