import { m } from '$lib/i18n';
import type { CheckedResult, ReportedResult, ReportedReason, Metric } from '$lib/nets';
import { formatCount } from '$lib/viz/words/format';

const reasons: Readonly<Record<ReportedReason, () => string>> = {
	withoutBatchNorm: m.networks_reason_withoutBatchNorm,
	threeValuesPerBatchNorm: m.networks_reason_threeValuesPerBatchNorm,
	withStatistics: m.networks_reason_withStatistics,
	withoutClassifier: m.networks_reason_withoutClassifier,
	withoutFirstLayer: m.networks_reason_withoutFirstLayer,
	thousandClasses: m.networks_reason_thousandClasses,
	flopsNotMacs: m.networks_reason_flopsNotMacs,
	mebibytes: m.networks_reason_mebibytes,
	truncated: m.networks_reason_truncated,
	roundedCoarsely: m.networks_reason_roundedCoarsely,
	widthsRounded: m.networks_reason_widthsRounded,
	budget: m.networks_reason_budget,
	misprint: m.networks_reason_misprint,
	otherVersion: m.networks_reason_otherVersion,
	unknownCounting: m.networks_reason_unknownCounting,
	deepCompression: m.networks_reason_deepCompression,
	manyChannels: m.networks_reason_manyChannels
};

/** Why a printed figure differs from the one counted here, as a sentence. */
export function reasonText(reason: ReportedReason): string {
	return reasons[reason]();
}

const metrics: Readonly<Partial<Record<Metric, () => string>>> = {
	params: m.networks_metric_params,
	macs: m.networks_metric_macs,
	modelSize: m.networks_metric_modelSize,
	macsShare: m.networks_metric_macsShare,
	paramsShare: m.networks_metric_paramsShare,
	layerParams: m.networks_metric_layerParams,
	layerMacs: m.networks_metric_layerMacs,
	layerOutput: m.networks_metric_layerOutput,
	stageChannels: m.networks_metric_stageChannels,
	separableSaving: m.networks_metric_separableSaving
};

/** What a printed figure is of; `null` for what no graph gives. */
export function claimMetric(metric: Metric): string | null {
	return metrics[metric]?.() ?? null;
}

/** The figure as it is counted here, exact where it is a count. */
export function computedText({ result, computed }: CheckedResult): string {
	return figureText(result, computed);
}

/** The figure counted as its source does. */
export function explainedText({ result, explained }: CheckedResult): string {
	return figureText(result, explained);
}

function figureText({ unit }: ReportedResult, value: number | string | null): string {
	if (typeof value !== 'number') return value ?? '';
	if (unit === 'M') return formatCount(value * 1e6);
	return unit === '' ? formatCount(value) : `${value.toFixed(2)}${unit}`;
}
