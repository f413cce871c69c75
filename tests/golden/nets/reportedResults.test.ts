import { describe, expect, it } from 'vitest';
import {
	checkReportedResult,
	reportedResults,
	reportedResultsOf,
	networkById,
	referenceCost,
	referenceNets,
	type ReportedResult,
	type ReportedReason
} from '$lib/nets';

/** Reasons by which a figure comes out when it is counted, or rounded, as they say. */
const RECOUNT: readonly ReportedReason[] = [
	'withoutBatchNorm',
	'threeValuesPerBatchNorm',
	'withStatistics',
	'withoutClassifier',
	'withoutFirstLayer',
	'thousandClasses',
	'flopsNotMacs',
	'mebibytes',
	'truncated',
	'roundedCoarsely'
];

const title = ({ source, table, model, metric, printed, unit }: ReportedResult) =>
	`${source}, ${table}: ${model}, ${metric} ${printed}${unit}`;

describe('every published figure that a graph gives', () => {
	const computable = reportedResults
		.filter((result) => checkReportedResult(result).computed !== null)
		.map((result) => [title(result), result] as const);

	it.each(computable)('%s agrees, or there is a reason', (_, result) => {
		const { agrees, explained, explainedAgrees } = checkReportedResult(result);
		if (!agrees) expect(result.reasons).not.toHaveLength(0);
		if (result.reasons.some((reason) => RECOUNT.includes(reason))) {
			expect(explained).not.toBeNull();
			expect(explainedAgrees).toBe(true);
		}
	});
});

describe('the figures that readers look up', () => {
	it.each<[string, Partial<ReportedResult>, number, number | null, ReportedReason[]]>([
		[
			'SqueezeNet’s 1700M mult-adds are 2 × MACs',
			{ source: 'mobilenet', table: 'Table 9', model: 'Squeezenet', metric: 'macs' },
			832.667936,
			1665.335872,
			['flopsNotMacs', 'roundedCoarsely']
		],
		[
			'ShuffleNet’s table 1 leaves the classifier out',
			{ source: 'shufflenet', table: 'Table 1', model: 'ShuffleNet 1× (g = 2)', metric: 'macs' },
			140.836512,
			140.036512,
			['withoutClassifier']
		],
		[
			'140M is a budget',
			{ source: 'shufflenet', table: 'Table 5', model: 'ShuffleNet 1× (g = 8)', metric: 'macs' },
			138.365952,
			null,
			['budget']
		],
		[
			'MobileNet’s parameters are printed without batch norm',
			{ source: 'mobilenet', table: 'Table 9', model: '0.50 MobileNet-160', metric: 'params' },
			1.331592,
			1.320648,
			['withoutBatchNorm']
		],
		[
			'table 2’s 1.19% is 1.91%',
			{ source: 'mobilenet', table: 'Table 2', model: 'Conv 3×3', metric: 'macsShare' },
			1.9056175567440659,
			null,
			['misprint']
		],
		[
			'4.8 MB are mebibytes',
			{ source: 'squeezenet', table: 'Table 3', model: 'Vanilla SqueezeNet', metric: 'modelSize' },
			4.993696,
			4.762359619140625,
			['mebibytes']
		]
	])('%s', (_, about, computed, explained, reasons) => {
		const found = reportedResults.filter((result) =>
			Object.entries(about).every(([key, value]) => result[key as keyof ReportedResult] === value)
		);
		expect(found).toHaveLength(1);
		const checked = checkReportedResult(found[0]!);
		expect(checked).toMatchObject({ computed, explained, agrees: false });
		expect(found[0]!.reasons).toEqual(reasons);
	});
});

describe('reportedResultsOf(network, knobs)', () => {
	it('finds what is printed of a variant, defaults written out or not', () => {
		const brief = reportedResultsOf('mobilenet', { alpha: 0.25 });
		expect(brief.length).toBeGreaterThan(3);
		expect(reportedResultsOf('mobilenet', { alpha: 0.25, resolution: 224 })).toEqual(brief);
		expect(brief.every(({ knobs }) => knobs['alpha'] === 0.25)).toBe(true);
	});
});

describe('referenceNets', () => {
	it('each name stands once, with a top-1 accuracy and a source', () => {
		expect(new Set(referenceNets.map(({ name }) => name)).size).toBe(referenceNets.length);
		for (const { top1 } of referenceNets) {
			for (const { value, source } of top1) {
				expect(value).toBeGreaterThan(40);
				expect(value).toBeLessThan(83);
				expect(source).not.toBe('');
			}
			expect(top1).not.toHaveLength(0);
		}
	});

	// Counted independently (torchvision 0.14.1 by hooks, or the paper's own figure).
	it.each([
		['MobileNet v1 0.25 128', 470072, 13570048],
		['ShuffleNet v1 0.5× g=4', 778592, 37943936],
		['ResNet-50', 25557032, 4089184256],
		['EfficientNet-B0', 5288548, 385814752],
		['MnasNet-A1 (paper)', 3900000, 312000000]
	])('%s: %i params, %i MACs', (name, params, macs) => {
		const net = referenceNets.find((known) => known.name === name);
		expect(net && referenceCost(net)).toEqual({ params, macs });
	});

	it('a graph’s resolution is the one that is written beside it', () => {
		for (const { cost, resolution, name } of referenceNets) {
			if (cost.kind !== 'graph') continue;
			expect({ name, side: networkById(cost.network).build(cost.knobs).inputs[0]?.shape[0] }).toEqual({
				name,
				side: resolution
			});
		}
	});
});
