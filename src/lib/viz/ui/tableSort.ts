/** What a cell holds, for sorting and for files: a number, a text, or nothing. */
export type CellValue = number | string | null | undefined;

export interface Sort {
	/** Key of the column. */
	readonly key: string;
	readonly descending: boolean;
}

/** Nothing to compare with: these come last, whichever way a table is sorted. */
const isMissing = (value: CellValue): value is null | undefined | '' =>
	value === null || value === undefined || value === '' || Number.isNaN(value);

/**
 * The rows by a value, equal ones as they were. Numbers go by size and before texts, texts by the language's own order with the
 * numbers in them by size (conv_9 before conv_10), and what is missing comes last in both directions.
 */
export function sortRows<Row>(
	rows: readonly Row[],
	valueOf: (row: Row) => CellValue,
	{ descending, locale }: { readonly descending: boolean; readonly locale: string }
): Row[] {
	const texts = new Intl.Collator(locale, { numeric: true });
	const sign = descending ? -1 : 1;
	return rows
		.map((row) => ({ row, value: valueOf(row) }))
		.sort((a, b) => {
			if (isMissing(a.value) || isMissing(b.value)) {
				return Number(isMissing(a.value)) - Number(isMissing(b.value));
			}
			if (typeof a.value === 'string' && typeof b.value === 'string') {
				return sign * texts.compare(a.value, b.value);
			}
			if (typeof a.value === 'string') return sign;
			if (typeof b.value === 'string') return -sign;
			// Two infinite ones have no difference.
			return a.value === b.value ? 0 : sign * (a.value - b.value);
		})
		.map(({ row }) => row);
}

/**
 * What a press on a column's head sorts by next. Numbers are first asked for from the largest down, words from A to Z; then the
 * other way; then the table's own order again, which may be that of a column too (`natural`).
 */
export function nextSort(
	sort: Sort | null,
	{ key, isNumeric }: { readonly key: string; readonly isNumeric: boolean },
	natural: Sort | null = null
): Sort | null {
	const first = { key, descending: isNumeric };
	if (sort?.key !== key) return first;
	if (sort.descending === first.descending) return { key, descending: !first.descending };
	// Where the last step is the table's own order, a press has to change something.
	return natural?.key === key && natural.descending === sort.descending ? first : natural;
}
