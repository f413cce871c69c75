import type { Snippet } from 'svelte';
import { formatCount } from '../words/format';
import type { CellValue, Sort } from './tableSort';
import type { TextColumn, TextFormat } from './tableText';

/** A column of a {@link DataTable}. What has no `value` is neither sorted by nor written into files. */
export interface Column<Row> {
	/** Tells it from the others; what a sort names. */
	readonly key: string;
	readonly title: string;
	/** What the head says more in a file, which has no other: a unit, or of what. */
	readonly detail?: string;
	/**
	 * How it is set: numbers in mono to the right; words on a line; sentences, which wrap; code or shapes in mono to the left. Numbers
	 * unless it is the first.
	 */
	readonly kind?: 'number' | 'text' | 'prose' | 'code';
	/** Number or text of a row, in full. */
	readonly value?: (row: Row) => CellValue;
	/** What is shown of it; without it a number has all its digits, and what is missing is a dash. */
	readonly text?: (row: Row) => string;
	/** Shown instead of the text (which says how wide it may be beside bars): links, buttons, marks. It is told where the row stands. */
	readonly cell?: Snippet<[row: Row, index: number]>;
	/** Colour of the small square before the text. */
	readonly swatch?: (row: Row) => string;
	/** Bars beside the text, one after the other, as shares of the longest. */
	readonly bars?: (row: Row) => readonly Bar[];
	/** Whether it is what the table is about. */
	readonly isStrong?: boolean;
	/** Its cell in the table's last line. */
	readonly total?: string;
}

export interface Bar {
	readonly share: number;
	/** Its background. */
	readonly color: string;
	/** Whether it steps back behind what stands beside it. */
	readonly isFaint?: boolean;
}

/** What a table is taken away as; without it there are no buttons for that. */
export interface TableFile<Row> {
	/** Name without its ending. */
	readonly name: string;
	/** Columns of the file, where they are not those that are shown. */
	readonly columns?: readonly TextColumn<Row>[];
	/** Its rows, where they are not those that are shown. */
	readonly rows?: readonly Row[];
	/** More than what spreadsheets read. */
	readonly formats?: readonly Exclude<TextFormat, 'tabs' | 'csv'>[];
}

/** What a cell shows as text. */
export function cellText<Row>({ text, value }: Column<Row>, row: Row): string {
	if (text) return text(row);
	const content = value?.(row);
	if (typeof content === 'number') return Number.isNaN(content) ? '–' : formatCount(content);
	return content || '–';
}

/** The columns that can be written out. */
export function textColumns<Row>(columns: readonly Column<Row>[]): TextColumn<Row>[] {
	return columns.flatMap(({ title, detail, value }) =>
		value ? [{ title: detail ? `${title} (${detail})` : title, value }] : []
	);
}

/** State of a column's head for a screen reader: `none` says that it could be sorted by. */
export function ariaSort(sort: Sort | null, key: string): 'ascending' | 'descending' | 'none' {
	if (sort?.key !== key) return 'none';
	return sort.descending ? 'descending' : 'ascending';
}
