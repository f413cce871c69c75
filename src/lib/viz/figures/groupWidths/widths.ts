import { graphCost } from '$lib/nets/analyses/cost';
import { shufflenet } from '$lib/nets/networks/shufflenet';
import { reportedResultsIn } from '$lib/nets/reportedResults/reportedResult';
import rows from '$lib/nets/reportedResults/rows/shufflenet.json' with { type: 'json' };
import { resolveGraph } from '$lib/nets/resolve';

/** A ShuffleNet of some number of groups: how wide it is, what it costs, what the paper's table 2 prints of it. */
export interface GroupWidth {
	readonly groups: number;
	/** Channels of stages 2, 3 and 4. */
	readonly stages: readonly number[];
	/** Whether widths were rounded up, since those of the paper do not divide into the groups. */
	readonly isRounded: boolean;
	/** Without the classifier, as the paper's table 1 counts. */
	readonly macs: number;
	/** ImageNet top-1 error in percent. */
	readonly error: number;
}

/** All numbers of groups at a scale. */
export function groupWidths(scale: number): readonly GroupWidth[] {
	const printed = reportedResultsIn(rows).filter(
		({ table, metric, knobs }) =>
			table === 'Table 2' && metric === 'top1Error' && (knobs['scale'] ?? 1) === scale
	);
	return printed.map(({ knobs, printed: error }) => {
		const net = resolveGraph(shufflenet.build(knobs));
		const { total, nodes } = graphCost(net);
		return {
			groups: Number(knobs['groups']),
			stages: [2, 3, 4].map((stage) => net.byRef.get(`stage${stage}/unit1/concat`)!.shape[2]),
			isRounded: knobs['rounding'] === 'up',
			macs: total.macs - nodes[net.byId.get('fc')!.index]!.macs,
			error: Number(error)
		};
	});
}
