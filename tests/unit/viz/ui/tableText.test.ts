import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTable, type TextColumn } from '$lib/viz/ui/tableText';

interface Row {
	readonly name: string;
	readonly macs: number;
}

const columns: readonly TextColumn<Row>[] = [
	{ title: 'Layer', value: (row) => row.name },
	{ title: 'MACs', value: (row) => row.macs }
];
const rows: readonly Row[] = [
	{ name: 'conv_pw_1', macs: 25690112 },
	{ name: 'say "3×3", 50% | a\\b', macs: 0 }
];

it("formatTable('csv', …) quotes what needs it, after the mark that tells Excel what × is written in", () => {
	expect(formatTable('csv', columns, rows)).toBe(
		'\ufeffLayer,MACs\r\nconv_pw_1,25690112\r\n"say ""3×3"", 50% | a\\b",0\r\n'
	);
});

it("formatTable('markdown', …) aligns numbers to the right and escapes bars", () => {
	expect(formatTable('markdown', columns, rows)).toBe(
		'| Layer | MACs |\n| --- | ---: |\n| conv_pw_1 | 25690112 |\n| say "3×3", 50% \\| a\\\\b | 0 |\n'
	);
});

it("formatTable('latex', …) escapes LaTeX’s own characters", () => {
	expect(formatTable('latex', columns, rows)).toBe(
		[
			'\\begin{tabular}{lr}',
			'\t\\toprule',
			'\tLayer & MACs \\\\',
			'\t\\midrule',
			'\tconv\\_pw\\_1 & 25690112 \\\\',
			'\tsay "3$\\times$3", 50\\% | a\\textbackslash{}b & 0 \\\\',
			'\t\\bottomrule',
			'\\end{tabular}',
			''
		].join('\n')
	);
});

it("formatTable('tabs', …) keeps a row on a line and a cell between tabs", () => {
	expect(formatTable('tabs', columns, [{ name: 'a\tb\nc', macs: 1 }])).toBe('Layer\tMACs\na b c\t1\n');
});

/** Reads RFC 4180. */
function readCsv(text: string): string[][] {
	const rows: string[][] = [[]];
	let cell = '';
	let isQuoted = false;
	for (let i = 0; i < text.length; i++) {
		const letter = text[i]!;
		if (isQuoted && letter === '"' && text[i + 1] === '"') cell += text[++i]!;
		else if (letter === '"') isQuoted = !isQuoted;
		else if (!isQuoted && (letter === ',' || letter === '\n')) {
			rows.at(-1)!.push(cell.replace(/\r$/, ''));
			cell = '';
			if (letter === '\n') rows.push([]);
		} else cell += letter;
	}
	return rows.slice(0, -1);
}

describe.each(['csv', 'tabs'] as const)("formatTable('%s', …)", (format) => {
	const cell = (value: number | string | null | undefined) => {
		const text = formatTable(format, [{ title: 'x', value: () => value }], [null]).replace('\ufeff', '');
		return format === 'csv' ? readCsv(text)[1]![0] : text.split('\n')[1];
	};

	it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://example.org")'])(
		'keeps a spreadsheet from running %s',
		(text) => {
			expect(cell(text)).toBe(`'${text}`);
		}
	);

	it('leaves numbers as they are, negative ones too, and what is missing empty', () => {
		expect(cell(-1.5)).toBe('-1.5');
		expect(cell(1e9)).toBe('1000000000');
		expect([null, undefined, NaN, ''].map(cell)).toEqual(['', '', '', '']);
	});
});

it('CSV gives back whatever a name holds', () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.string().filter((name) => !/^[=+\-@\t]|\r/.test(name)),
				{ minLength: 1 }
			),
			(names) => {
				const made = names.map((name) => ({ name, macs: 1 }));
				const text = formatTable('csv', columns, made).slice(1);
				expect(readCsv(text).map(([name]) => name)).toEqual(['Layer', ...names]);
			}
		)
	);
});
