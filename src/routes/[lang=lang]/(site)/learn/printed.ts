import { reportedResults, type ReportedResult, type ReportedSource, type Metric } from '$lib/nets';
import { formatCount } from '$lib/viz/words/format';
import { plain, type Text } from './texts';

/** A figure that a source prints. @throws Error where it prints no such figure */
export function reported(
	source: ReportedSource,
	table: string,
	model: string,
	metric: Metric
): ReportedResult {
	const found = reportedResults.find(
		(result) =>
			result.source === source && result.table === table && result.model === model && result.metric === metric
	);
	if (!found) throw new Error(`${source}, ${table}, prints no ${metric} of ${model}`);
	return found;
}

/** Such a figure, as it is printed: 4.2M, 1700M, 71.5%, 0.47 MB. */
export function printed(...about: Parameters<typeof reported>): Text {
	const { printed: digits, unit } = reported(...about);
	const number = /^\d{5,}$/.test(digits) ? formatCount(Number(digits)) : digits;
	return plain(`${number}${unit === 'MB' ? ' ' : ''}${unit}`);
}
