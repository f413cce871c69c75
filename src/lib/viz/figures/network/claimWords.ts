import { m } from '$lib/i18n';
import type { ClaimReason } from '$lib/nets';

const reasons: Readonly<Record<ClaimReason, () => string>> = {
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
export function reasonText(reason: ClaimReason): string {
	return reasons[reason]();
}
