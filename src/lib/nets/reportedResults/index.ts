import { checkKnobs } from '../knobs';
import type { KnobValue } from '../knobs';
import { networks, type NetworkId } from '../networks';
import { reportedResultsIn, type ReportedResult } from './reportedResult';
import mobilenet from './rows/mobilenet.json' with { type: 'json' };
import others from './rows/others.json' with { type: 'json' };
import shufflenet from './rows/shufflenet.json' with { type: 'json' };
import squeezenet from './rows/squeezenet.json' with { type: 'json' };
import xception from './rows/xception.json' with { type: 'json' };

export { checkReportedResult } from './check';
export type { CheckedResult } from './check';
export { reportedMetrics, reportedReasons, reportedSources } from './reportedResult';
export type {
	ReportedResult,
	ReportedReason,
	ReportedSource,
	ReportedRow,
	ReportedUnit,
	Metric
} from './reportedResult';

/** Every published figure about a network of the site, in the order of the papers' tables. */
export const reportedResults: readonly ReportedResult[] = /* @__PURE__ */ reportedResultsIn([
	...squeezenet,
	...mobilenet,
	...shufflenet,
	...xception,
	...others
]);

/** What is published about a network with exactly these knobs. */
export function reportedResultsOf(
	network: NetworkId,
	knobs: Readonly<Record<string, KnobValue>> = {}
): ReportedResult[] {
	const table = networks[network].knobs;
	const key = (given: Readonly<Record<string, KnobValue>>) => JSON.stringify(checkKnobs(table, given));
	const wanted = key(knobs);
	return reportedResults.filter((result) => result.network === network && key(result.knobs) === wanted);
}
