import { expect, describe, it } from 'vitest';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { fileColumns } from '$lib/viz/figures/compare/fileColumns';
import { ownModel } from '$lib/viz/figures/compare/live';
import { tableRows } from '$lib/viz/figures/compare/tableRow';
import { networkById, resolveGraph } from '$lib/nets';
import { formatTable } from '$lib/viz/ui/tableText';

const { models } = catalogue('en');
const titles = fileColumns.map(({ title }) => title);
const cellsOf = (some: typeof models) =>
	formatTable('tabs', fileColumns, some)
		.split('\n')
		.slice(0, -1)
		.map((line) => line.split('\t'));

describe('tableRows(visible, own)', () => {
	it('have the reader’s own network first, as it stands on the chart, whatever the legend hides', () => {
		expect(tableRows(models, null)).toBe(models);
		const own = ownModel(resolveGraph(networkById('squeezenet').build()));
		const [row, ...others] = tableRows([], own);
		expect(others).toEqual([]);
		expect(row).toMatchObject({ name: 'SqueezeNet', origin: 'own', macs: own.macs, params: own.params });
		const [, cells = ''] = formatTable('tabs', fileColumns, [row!]).split('\n');
		const [name, group, year, input] = cells.split('\t').slice(1);
		expect([name, group, year, input]).toEqual(['SqueezeNet', 'own', '', '227']);
	});
});

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
