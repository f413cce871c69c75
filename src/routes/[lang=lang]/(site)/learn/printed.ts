import { claims, type Claim, type ClaimSource, type Metric } from '$lib/nets';
import { formatCount } from '$lib/viz/words/format';
import { plain, type Text } from './texts';

/** A figure that a source prints. @throws Error where it prints no such figure */
export function claimed(source: ClaimSource, table: string, model: string, metric: Metric): Claim {
	const found = claims.find(
		(claim) =>
			claim.source === source && claim.table === table && claim.model === model && claim.metric === metric
	);
	if (!found) throw new Error(`${source}, ${table}, prints no ${metric} of ${model}`);
	return found;
}

/** Such a figure, as it is printed: 4.2M, 1700M, 71.5%, 0.47 MB. */
export function printed(...about: Parameters<typeof claimed>): Text {
	const { printed: digits, unit } = claimed(...about);
	const number = /^\d{5,}$/.test(digits) ? formatCount(Number(digits)) : digits;
	return plain(`${number}${unit === 'MB' ? ' ' : ''}${unit}`);
}
