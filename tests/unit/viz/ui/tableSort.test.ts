import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellValue, nextSort, type Sort, sortRows } from '$lib/viz/ui/tableSort';

const sorted = (values: readonly CellValue[], descending = false, locale = 'en') =>
	sortRows(values, (value) => value, { descending, locale });

describe('sortRows', () => {
	it('sorts numbers by size, and texts by the numbers in them', () => {
		expect(sorted([10, 9, -1, 100])).toEqual([-1, 9, 10, 100]);
		expect(sorted(['conv_10', 'conv_9', 'add'])).toEqual(['add', 'conv_9', 'conv_10']);
		expect(sorted([2, 'a', 1], true)).toEqual(['a', 2, 1]);
	});

	it('sorts texts as the language does: Chinese by sound', () => {
		expect(sorted(['卷积', '池化', '标准'], false, 'zh')).toEqual(['标准', '池化', '卷积']);
	});

	it('puts what is missing last, whichever way', () => {
		for (const descending of [false, true]) {
			const tail = sorted([null, 3, undefined, NaN, 1, ''], descending).slice(2);
			expect(tail).toEqual([null, undefined, NaN, '']);
		}
	});

	it('has infinities at the ends', () => {
		expect(sorted([Infinity, 1, Infinity, -Infinity])).toEqual([-Infinity, 1, Infinity, Infinity]);
	});

	it('keeps every row, leaves equal ones in their order, and does not touch what it is given', () => {
		const value = fc.option(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b')));
		fc.assert(
			fc.property(fc.array(value), fc.boolean(), (values, descending) => {
				const rows = values.map((of, at) => ({ of, at }));
				const before = [...rows];
				const after = sortRows(rows, ({ of }) => of, { descending, locale: 'en' });
				expect(rows).toEqual(before);
				expect(new Set(after)).toEqual(new Set(rows));
				after.forEach((row, i) => {
					const next = after[i + 1];
					if (next && next.of === row.of) expect(next.at).toBeGreaterThan(row.at);
					if (typeof next?.of === 'number' && typeof row.of === 'number') {
						expect(descending ? row.of - next.of : next.of - row.of).toBeGreaterThanOrEqual(0);
					}
				});
			})
		);
	});
});

describe('nextSort', () => {
	/** What presses on one column's head sort by, one after the other. */
	const presses = (column: { key: string; isNumeric: boolean }, from: Sort | null, natural: Sort | null) => {
		const states: (Sort | null)[] = [];
		for (let sort = from, i = 0; i < 3; i++) states.push((sort = nextSort(sort, column, natural)));
		return states.map((sort) => sort && `${sort.descending ? '-' : ''}${sort.key}`);
	};

	it('numbers go down, up, and back to the order of the table; words from A', () => {
		expect(presses({ key: 'macs', isNumeric: true }, null, null)).toEqual(['-macs', 'macs', null]);
		expect(presses({ key: 'name', isNumeric: false }, null, null)).toEqual(['name', '-name', null]);
	});

	it('another column begins anew', () => {
		expect(nextSort({ key: 'name', descending: true }, { key: 'macs', isNumeric: true })).toEqual({
			key: 'macs',
			descending: true
		});
	});

	it('where the order of the table is that of a column, every press changes something', () => {
		const natural = { key: 'macs', descending: false };
		expect(presses({ key: 'macs', isNumeric: true }, natural, natural)).toEqual(['-macs', 'macs', '-macs']);
		expect(presses({ key: 'top1', isNumeric: true }, natural, natural)).toEqual(['-top1', 'top1', 'macs']);
	});
});
