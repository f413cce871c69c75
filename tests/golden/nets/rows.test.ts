import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkKnobs, networkById, networkIds } from '$lib/nets';
import { families } from '$lib/nets/networks/network';
import type { ReferenceNet } from '$lib/nets/reference/referenceNet';
import {
	reportedMetrics,
	reportedReasons,
	reportedSources,
	type ReportedRow
} from '$lib/nets/reportedResults';

const words = v.pipe(v.string(), v.nonEmpty(), v.trim());
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const knobs = v.record(v.string(), v.union([v.number(), v.boolean(), v.string()]));
const network = v.picklist(networkIds);
const figure = v.pipe(v.string(), v.regex(/^\d[\d., x]*( to \d+)?(M|%|MB|ms|×)?$/));

const reportedRow = v.strictObject({
	source: v.picklist(Object.keys(reportedSources) as (keyof typeof reportedSources)[]),
	table: words,
	model: words,
	network,
	knobs: v.exactOptional(knobs),
	part: v.exactOptional(words),
	figures: v.pipe(
		v.record(
			v.picklist(reportedMetrics),
			v.union([figure, v.tupleWithRest([figure, v.picklist(reportedReasons)], v.picklist(reportedReasons))])
		),
		v.minEntries(1)
	),
	note: v.exactOptional(words)
}) satisfies v.GenericSchema<unknown, ReportedRow>;

const elsewhere = { params: count, macs: count, source: words };
const referenceRow = v.strictObject({
	name: words,
	family: v.picklist(families),
	role: v.picklist(['four', 'reference', 'successor']),
	year: v.pipe(v.number(), v.integer(), v.minValue(2012), v.maxValue(new Date().getFullYear())),
	resolution: count,
	cost: v.variant('kind', [
		v.strictObject({ kind: v.literal('graph'), network, knobs }),
		v.strictObject({ kind: v.literal('counted'), ...elsewhere }),
		v.strictObject({ kind: v.literal('printed'), ...elsewhere })
	]),
	top1: v.pipe(
		v.array(v.strictObject({ value: v.pipe(v.number(), v.minValue(40), v.maxValue(100)), source: words })),
		v.minLength(1)
	),
	note: v.exactOptional(words)
}) satisfies v.GenericSchema<unknown, ReferenceNet>;

const reported = 'src/lib/nets/reportedResults/rows';

describe.each([
	...readdirSync(reported).map((file) => [`${reported}/${file}`, reportedRow] as const),
	['src/lib/nets/reference/rows.json', referenceRow] as const
])('%s', (file, schema) => {
	const [first, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
	const rows = lines.slice(0, -1).map((line) => line.replace(/,$/, ''));

	it('has one row a line', () => {
		expect([first, lines.at(-1)]).toEqual(['[', ']']);
		expect(rows.length).toBeGreaterThan(0);
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(rows.map((row) => JSON.parse(row)));
	});

	it.each(rows)('is right: %s', (text) => {
		const row: unknown = JSON.parse(text);
		const { issues, output } = v.safeParse<v.GenericSchema<unknown, ReportedRow | ReferenceNet>>(schema, row);
		expect(issues?.map(({ path, message }) => `${path?.map(({ key }) => key).join('.')}: ${message}`)).toBe(
			undefined
		);
		const about = 'cost' in (output as object) ? (output as ReferenceNet).cost : (output as ReportedRow);
		// A network has the knobs that a row speaks of, at these values.
		if ('network' in about) checkKnobs(networkById(about.network).knobs, about.knobs ?? {});
	});
});
