import type { CellValue } from './tableSort';

/** A column of a table that is written out: its title and the text or number of a row. */
export interface TextColumn<Row> {
	readonly title: string;
	readonly value: (row: Row) => CellValue;
}

/**
 * How a table is written out: for a spreadsheet's clipboard (tabs), as a CSV file, a Markdown table, or LaTeX's tabular. By
 * hand: libraries for CSV (d3-dsv, Papa Parse) bring readers and programs, and write neither the mark nor the other formats.
 */
const writers = { tabs: formatTabs, csv: formatCsv, markdown: formatMarkdown, latex: formatLatex };
export type TextFormat = keyof typeof writers;

/** Writes rows out as text. Numbers stand in full; what is missing is left empty. */
export function formatTable<Row>(
	format: TextFormat,
	columns: readonly TextColumn<Row>[],
	rows: readonly Row[]
): string {
	const titles = columns.map((column) => column.title);
	return writers[format](
		titles,
		rows.map((row) => columns.map((column) => column.value(row)))
	);
}

type Cells = readonly (readonly CellValue[])[];

const textOf = (cell: CellValue) =>
	cell === null || cell === undefined || Number.isNaN(cell) ? '' : String(cell);

/** Spreadsheets run a text that begins like a formula; an apostrophe keeps it a text. Numbers are numbers. */
const guarded = (cell: CellValue) =>
	typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : textOf(cell);

/** RFC 4180, after the byte-order mark without which Excel takes × and Chinese for another encoding. */
function formatCsv(titles: readonly string[], cells: Cells): string {
	const quoted = (cell: CellValue) => {
		const text = guarded(cell);
		return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return `\ufeff${[titles, ...cells].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`;
}

function formatTabs(titles: readonly string[], cells: Cells): string {
	const plain = (cell: CellValue) => guarded(cell).replaceAll(/[\t\r\n]+/g, ' ');
	return [titles, ...cells].map((row) => `${row.map(plain).join('\t')}\n`).join('');
}

function formatMarkdown(titles: readonly string[], cells: Cells): string {
	const escaped = (cell: CellValue) =>
		textOf(cell)
			.replaceAll(/[\\|]/g, (character) => `\\${character}`)
			.replaceAll(/\r?\n/g, ' ');
	const line = (row: readonly CellValue[]) => `| ${row.map(escaped).join(' | ')} |\n`;
	const rule = titles.map((_, i) => (isNumeric(cells, i) ? '---:' : '---'));
	return [line(titles), line(rule), ...cells.map(line)].join('');
}

function formatLatex(titles: readonly string[], cells: Cells): string {
	const line = (row: readonly CellValue[]) => `\t${row.map(escapeLatex).join(' & ')} \\\\\n`;
	const alignment = titles.map((_, i) => (isNumeric(cells, i) ? 'r' : 'l')).join('');
	return [
		`\\begin{tabular}{${alignment}}\n`,
		'\t\\toprule\n',
		line(titles),
		'\t\\midrule\n',
		...cells.map(line),
		'\t\\bottomrule\n',
		'\\end{tabular}\n'
	].join('');
}

const LATEX: Readonly<Record<string, string>> = {
	'\\': '\\textbackslash{}',
	'^': '\\textasciicircum{}',
	'~': '\\textasciitilde{}',
	'×': '$\\times$'
};

function escapeLatex(cell: CellValue): string {
	return textOf(cell)
		.replaceAll(/[\\^~×&%$#_{}]/g, (character) => LATEX[character] ?? `\\${character}`)
		.replaceAll(/\r?\n/g, ' ');
}

function isNumeric(cells: Cells, column: number): boolean {
	return cells.length > 0 && cells.every((row) => typeof row[column] === 'number');
}
