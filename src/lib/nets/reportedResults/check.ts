import { audit, countTotal, houseConventions, type Audit, type Convention } from '../analyses/audit';
import { graphCost } from '../analyses/cost';
import { costByKind } from '../analyses/layers';
import type { KnobValue } from '../knobs';
import { networkById } from '../networks';
import { resolveGraph, type ResolvedGraph, type ResolvedNode } from '../resolve';
import type { ReportedResult, ReportedReason } from './reportedResult';

/** A published figure beside the one that the graph gives. */
export interface CheckedResult {
	readonly result: ReportedResult;
	/** By the site's own conventions, in the unit of the print; `null` for what no graph gives (accuracy, latency). */
	readonly computed: number | string | null;
	/** Whether that is the printed figure once rounded to its digits. */
	readonly agrees: boolean | null;
	/** Counted as the reasons say, where they say how. */
	readonly explained: number | null;
	/** Whether that, rounded as the reasons say, is the printed figure. */
	readonly explainedAgrees: boolean | null;
}

/** Counts what a published figure is about, by the site's conventions and by those of its source. */
export function checkReportedResult(result: ReportedResult): CheckedResult {
	const computed = count(result, []);
	if (computed === null) return { result, computed, agrees: null, explained: null, explainedAgrees: null };
	const agrees = isPrinted(computed, result.printed, []);
	if (typeof computed === 'string' || !result.reasons.some((reason) => RECOUNTS.has(reason))) {
		return { result, computed, agrees, explained: null, explainedAgrees: null };
	}
	const explained = Number(count(result, result.reasons));
	const explainedAgrees = isPrinted(explained, result.printed, result.reasons);
	return { result, computed, agrees, explained, explainedAgrees };
}

/** The reasons by which a figure can be counted or rounded again. */
const RECOUNTS: ReadonlySet<ReportedReason> = new Set<ReportedReason>([
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
]);

/** What a result is about, counted with the conventions among the reasons, in the unit of the print. */
function count(result: ReportedResult, reasons: readonly ReportedReason[]): number | string | null {
	const knobs = reasons.includes('thousandClasses') ? { ...result.knobs, classes: 1000 } : result.knobs;
	const resolved = () => resolveGraph(networkById(result.network).build(knobs));
	const part = result.part ?? '';
	switch (result.metric) {
		case 'params':
			return inUnit(countParams(resolved(), reasons), result.unit);
		case 'macs':
			return inUnit(countMacs(resolved(), reasons), result.unit);
		case 'modelSize': {
			const bytes = 4 * countTotal(resolved(), houseConventions.params);
			return bytes / (reasons.includes('mebibytes') ? 2 ** 20 : 1e6);
		}
		case 'macsShare':
		case 'paramsShare':
			return 100 * costByKind(resolved()).find(({ kind }) => kind === part)![result.metric];
		case 'layerParams':
			return inUnit(partOf(audit(resolved(), convention('params', reasons)), part).value, result.unit);
		case 'layerMacs':
			return inUnit(partOf(audit(resolved(), houseConventions.macs), part).value, result.unit);
		case 'layerOutput':
			return lastNode(resolved(), part).outputs[0].shape.join('x');
		case 'stageChannels':
			return ['stage2', 'stage3', 'stage4']
				.map((stage) => lastNode(resolved(), stage).outputs[0].shape[2])
				.join(', ');
		case 'separableSaving':
			return separableSaving(result.knobs, part);
		default:
			return null;
	}
}

function convention(measure: 'params' | 'macs', reasons: readonly ReportedReason[]): Convention {
	const base: Convention = houseConventions[measure];
	return {
		...base,
		measure: reasons.includes('flopsNotMacs') ? 'flops' : measure,
		batchNorm: reasons.includes('withoutBatchNorm')
			? 'none'
			: reasons.includes('withStatistics')
				? 'all'
				: base.batchNorm,
		classifier: !reasons.includes('withoutClassifier')
	};
}

function countParams(resolved: ResolvedGraph, reasons: readonly ReportedReason[]): number {
	if (!reasons.includes('threeValuesPerBatchNorm'))
		return countTotal(resolved, convention('params', reasons));
	const { weights, biases, bnTrainable } = graphCost(resolved).total.params;
	return weights + biases + (3 * bnTrainable) / 2;
}

function countMacs(resolved: ResolvedGraph, reasons: readonly ReportedReason[]): number {
	const total = countTotal(resolved, convention('macs', reasons));
	if (!reasons.includes('withoutFirstLayer')) return total;
	return total - graphCost(resolved).nodes.find(({ macs }) => macs > 0)!.macs;
}

/** How many times fewer MACs a separable block has than the standard convolution in its place. */
function separableSaving(knobs: Readonly<Record<string, KnobValue>>, block: string): number {
	const macs = (convolution: 'separable' | 'standard') => {
		const graph = networkById('mobilenet').build({ ...knobs, convolution });
		const id = block.replace('separable', convolution);
		return partOf(audit(resolveGraph(graph), houseConventions.macs), id).value;
	};
	return macs('standard') / macs('separable');
}

function partOf(whole: Audit, id: string): Audit {
	const found = [whole.id === id ? whole : null, ...whole.parts.map((part) => findPart(part, id))].find(
		Boolean
	);
	if (!found) throw new RangeError(`there is no part ${id} in ${whole.id}`);
	return found;
}

function findPart(part: Audit, id: string): Audit | null {
	if (part.id === id) return part;
	for (const inner of part.parts) {
		const found = findPart(inner, id);
		if (found) return found;
	}
	return null;
}

/** The node of this id, or the last of the block at this path. */
function lastNode(resolved: ResolvedGraph, part: string): ResolvedNode {
	const inside = ({ node }: ResolvedNode) => node.block === part || node.block?.startsWith(`${part}/`);
	const found = resolved.byId.get(part) ?? resolved.nodes.filter(inside).at(-1);
	if (!found) throw new RangeError(`there is no node or block ${part} in ${resolved.graph.name}`);
	return found;
}

function inUnit(value: number, unit: ReportedResult['unit']): number {
	return unit === 'M' ? value / 1e6 : value;
}

/** Whether a value is the printed one once rounded to its digits, or as the reasons say. */
function isPrinted(value: number | string, printed: string, reasons: readonly ReportedReason[]): boolean {
	if (typeof value === 'string') return value === printed;
	const range = /^(\d+) to (\d+)$/.exec(printed);
	if (range) return value >= Number(range[1]) && value <= Number(range[2]);
	const decimals = printed.split('.')[1]?.length ?? 0;
	const shown = Number(printed);
	if (reasons.includes('roundedCoarsely')) {
		const digits = printed.replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length;
		return Number(value.toPrecision(digits)) === shown;
	}
	if (reasons.includes('truncated')) return Math.floor(value * 10 ** decimals) / 10 ** decimals === shown;
	return Number(value.toFixed(decimals)) === shown;
}
