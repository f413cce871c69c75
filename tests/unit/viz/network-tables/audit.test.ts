import { describe, expect, it } from 'vitest';
import {
	checkReportedResult,
	GraphBuilder,
	reportedResults,
	reportedResultsOf,
	networks,
	resolveGraph,
	type Audit
} from '$lib/nets';
import { formula } from '$lib/viz/figures/network/auditText';
import { conventionsOf } from '$lib/viz/figures/network/claimConventions';
import { groupClaims } from '$lib/viz/figures/network/claimGroups';
import { claimMetric, computedText, explainedText, reasonText } from '$lib/viz/figures/network/claimWords';
import { croppedText } from '$lib/viz/figures/network/croppedText';
import { defaultConventions } from '$lib/viz/figures/network/conventions';
import { auditOf } from '$lib/viz/figures/network/counted';

const mobilenet = resolveGraph(networks.mobilenet.build());

function partOf(whole: Audit, id: string): Audit {
	return whole.parts.find((part) => part.id === id)!;
}

describe('formula', () => {
	const macs = auditOf(mobilenet, 'macs', defaultConventions);
	const stem = macs.parts[0]!;

	it('writes the taps of a value in brackets', () => {
		expect(formula(partOf(stem, 'conv1').terms[0]!)).toEqual({
			numbers: '112 · 112 · 32 · (3 · 3 · 3)',
			words: 'height · width · output channels · (kernel height · kernel width · input channels)'
		});
	});

	it('a depthwise layer reads one channel a value', () => {
		const depthwise = macs.parts[1]!.parts[0]!;
		expect(formula(depthwise.terms[0]!).numbers).toBe('112 · 112 · 32 · (3 · 3 · 1)');
	});

	it('FLOPs are twice that', () => {
		const flops = auditOf(mobilenet, 'macs', { ...defaultConventions, count: 'flops' });
		expect(formula(partOf(flops.parts[0]!, 'conv1').terms[0]!).numbers).toBe(
			'112 · 112 · 32 · (3 · 3 · 3) · 2'
		);
	});

	it('parameters are the shape of the kernel', () => {
		const params = auditOf(mobilenet, 'params', defaultConventions);
		expect(formula(partOf(params.parts[0]!, 'conv1').terms[0]!).numbers).toBe('3 · 3 · 3 · 32');
	});
});

describe('croppedText', () => {
	const transposed = (padding: number) => {
		const net = new GraphBuilder('net', [4, 4, 2]);
		const up = net.op('transposedConv2d', 'up', [net.input], {
			...{ kernelSize: 3, stride: 2, padding, outChannels: 3 }
		});
		return resolveGraph(net.build(up));
	};

	it('says how many products of a transposed convolution are cropped off: those that its sum leaves out', () => {
		const net = transposed(1);
		// Along a side, 4 kernels of 3 land on 9 rows, of which the first and the last are cropped: 10 of 12.
		expect(auditOf(net, 'macs', defaultConventions).value).toBe(10 * 10 * 2 * 3);
		expect(croppedText(net.nodes)).toMatch(/^Padding crops 264 products away/);
	});

	it('says nothing where nothing is cropped', () => {
		expect(croppedText(transposed(0).nodes)).toBeNull();
		expect(croppedText(mobilenet.nodes)).toBeNull();
	});
});

describe('reportedResults', () => {
	it('every reason has a sentence, and every figure that a graph gives has a name', () => {
		for (const result of reportedResults) {
			expect(result.reasons.map(reasonText).every((sentence) => /[.。]$/.test(sentence))).toBe(true);
		}
		const named = reportedResults.filter(({ metric }) => claimMetric(metric) !== null);
		expect(named.every((result) => checkReportedResult(result).computed !== null)).toBe(true);
	});

	it('the same figure in several tables is one entry', () => {
		const macs = reportedResultsOf('mobilenet').filter(({ metric }) => metric === 'macs');
		const groups = groupClaims(macs.map(checkReportedResult));
		expect(groups).toHaveLength(1);
		expect(groups[0]!.sources.map(({ source }) => source)).toEqual(['mobilenet', 'shufflenet', 'slim']);
		expect(groups[0]!.sources[0]!.tables).toEqual(['Table 4', 'Table 6', 'Table 7', 'Table 8']);
	});

	it("MobileNet's 4.2M parameters are counted without batch norm, and a press counts them so", () => {
		const result = reportedResultsOf('mobilenet').find(({ metric }) => metric === 'params')!;
		const checked = checkReportedResult(result);
		expect([computedText(checked), explainedText(checked)]).toEqual(['4,231,976', '4,210,088']);
		const so = conventionsOf(result, defaultConventions)!;
		expect(so).toEqual({ ...defaultConventions, batchNorm: 'none' });
		expect(auditOf(mobilenet, 'params', so).value).toBe(4_210_088);
		expect(conventionsOf(result, so)).toBeNull();
	});

	it("MobileNet's 1.19% is a misprint of 1.91%", () => {
		const result = reportedResultsOf('mobilenet').find(({ printed }) => printed === '1.19')!;
		expect(computedText(checkReportedResult(result))).toBe('1.91%');
		expect(result.reasons.map(reasonText)).toEqual(['It is a misprint.']);
		expect(conventionsOf(result, defaultConventions)).toBeNull();
	});
});
