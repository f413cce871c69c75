import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { csvHeads, toCsv } from '$lib/viz/figures/compare/csv';
import type { Counting, Model } from '$lib/viz/figures/compare/model';
import { sortModels } from '$lib/viz/figures/compare/sorting';
import { columns } from '$lib/viz/figures/compare/spec';

const { models } = catalogue('en');
const counting: Counting = { count: 'macs', batchNorm: 'trainable', weightType: 'float32' };

describe('sortModels', () => {
	it.each(columns)('%s: keeps all models, in both directions', (column) => {
		for (const descending of [false, true]) {
			const sorted = sortModels(models, { column, descending }, counting);
			expect(new Set(sorted)).toEqual(new Set(models));
		}
	});

	it('sorts numbers by size', () => {
		const macs = sortModels(models, { column: 'macs', descending: false }, counting).map((one) => one.macs);
		expect(macs).toEqual(macs.toSorted((a, b) => a - b));
	});

	it('puts models without an accuracy last, whichever way', () => {
		for (const descending of [false, true]) {
			const sorted = sortModels(models, { column: 'top1', descending }, counting);
			expect(sorted.slice(-2).every(({ top1 }) => top1.length === 0)).toBe(true);
		}
	});

	it('sorts numbers in names as numbers', () => {
		const named = (name: string): Model => ({ ...models[0]!, name });
		const sorted = sortModels(
			[named('b 10'), named('b 9'), named('a')],
			{ column: 'name', descending: false },
			counting
		);
		expect(sorted.map(({ name }) => name)).toEqual(['a', 'b 9', 'b 10']);
	});
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

describe('toCsv', () => {
	it('has a head and a row a model, each with every column', () => {
		const [head, ...rows] = readCsv(toCsv(models));
		expect(head).toEqual([...csvHeads]);
		expect(rows).toHaveLength(models.length);
		expect(rows.filter((row) => row.length !== csvHeads.length)).toEqual([]);
		rows.forEach((row, i) => {
			expect(row[csvHeads.indexOf('name')]).toBe(models[i]?.name);
			expect(Number(row[csvHeads.indexOf('flops')])).toBe(2 * models[i]!.macs);
			expect(Number(row[csvHeads.indexOf('bytes_float16')])).toBe(2 * models[i]!.params);
		});
	});

	it('leaves empty what is not known', () => {
		const rows = readCsv(toCsv(models.filter(({ origin }) => origin === 'printed')));
		expect(rows[1]?.[csvHeads.indexOf('params_without_batch_norm')]).toBe('');
	});

	it('quotes whatever a name holds', () => {
		fc.assert(
			fc.property(
				fc.string().map((name) => name.replaceAll('\r', '')),
				(name) => {
					expect(readCsv(toCsv([{ ...models[0]!, name }]))[1]?.[1]).toBe(name);
				}
			)
		);
	});
});
