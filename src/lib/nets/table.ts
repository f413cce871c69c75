/** A column of a table that is written out: its title and the text or number of a row. */
export interface TableColumn<Row> {
	readonly title: string;
	readonly value: (row: Row) => string | number;
}

export const tableFormats = ['csv', 'markdown', 'latex'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Writes rows out as text: CSV (RFC 4180), a Markdown table, or LaTeX's tabular with booktabs rules. */
export function formatTable<Row>(
	format: TableFormat,
	columns: readonly TableColumn<Row>[],
	rows: readonly Row[]
): string {
	const titles = columns.map((column) => column.title);
	const cells = rows.map((row) => columns.map((column) => column.value(row)));
	return { csv: formatCsv, markdown: formatMarkdown, latex: formatLatex }[format](titles, cells);
}

type Cells = readonly (readonly (string | number)[])[];

function formatCsv(titles: readonly string[], cells: Cells): string {
	const quoted = (cell: string | number) =>
		/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);
	return [titles, ...cells].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function formatMarkdown(titles: readonly string[], cells: Cells): string {
	const escaped = (cell: string | number) =>
		String(cell)
			.replaceAll(/[\\|]/g, (character) => `\\${character}`)
			.replaceAll(/\r?\n/g, ' ');
	const line = (row: readonly (string | number)[]) => `| ${row.map(escaped).join(' | ')} |\n`;
	const rule = titles.map((_, i) => (isNumeric(cells, i) ? '---:' : '---'));
	return [line(titles), line(rule), ...cells.map(line)].join('');
}

function formatLatex(titles: readonly string[], cells: Cells): string {
	const line = (row: readonly (string | number)[]) => `\t${row.map(escapeLatex).join(' & ')} \\\\\n`;
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

function escapeLatex(cell: string | number): string {
	return String(cell)
		.replaceAll(/[\\^~×&%$#_{}]/g, (character) => LATEX[character] ?? `\\${character}`)
		.replaceAll(/\r?\n/g, ' ');
}

function isNumeric(cells: Cells, column: number): boolean {
	return cells.length > 0 && cells.every((row) => typeof row[column] === 'number');
}
