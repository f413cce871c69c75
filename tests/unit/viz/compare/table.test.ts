import { expect, describe, it } from 'vitest';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { fileColumns } from '$lib/viz/figures/compare/fileColumns';
import { formatTable } from '$lib/viz/ui/tableText';

const { models } = catalogue('en');
const titles = fileColumns.map(({ title }) => title);
const cellsOf = (some: typeof models) =>
	formatTable('tabs', fileColumns, some)
		.split('\n')
		.slice(0, -1)
		.map((line) => line.split('\t'));

describe('fileColumns', () => {
	it('have a head and a row a model, each with every column', () => {
		const [head, ...rows] = cellsOf(models);
		expect(head).toEqual(titles);
		expect(head).toEqual(
			expect.arrayContaining(['id', 'params_trainable', 'bytes_float32', 'bytes_int8', 'origin'])
		);
		expect(rows).toHaveLength(models.length);
		expect(rows.filter((row) => row.length !== titles.length)).toEqual([]);
		rows.forEach((row, i) => {
			expect(row[titles.indexOf('name')]).toBe(models[i]?.name);
			expect(Number(row[titles.indexOf('flops')])).toBe(2 * models[i]!.macs);
			expect(Number(row[titles.indexOf('bytes_float16')])).toBe(2 * models[i]!.params);
		});
	});

	it('leave empty what is not known', () => {
		const rows = cellsOf(models.filter(({ origin }) => origin === 'printed'));
		expect(rows[1]?.[titles.indexOf('params_without_batch_norm')]).toBe('');
	});
});
