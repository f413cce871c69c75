import { channelDependency, channelFlow, receptiveFields, type ResolvedGraph } from '../nets';
import type { Task } from './task';

/** What a network can bring together, whatever its weights. */
export interface Verdict {
	/** Whether channels a and b come together before something that is not linear. Else its output is a part of a plus a part of b. */
	readonly meet: boolean;
	/** Whether anything before the pooling reads more than one pixel. Else the pictures are bags of pixels to it. */
	readonly seesSpace: boolean;
	/** Whether nothing keeps it from the task. */
	readonly can: boolean;
}

/** Who can learn a task, known before a step is taken: from the graph's own channel dependency and receptive fields. */
export function verdictOf(net: ResolvedGraph, task: Pick<Task, 'id' | 'a' | 'b'>): Verdict {
	const flow = channelFlow(net);
	const fields = receptiveFields(net);
	const meet = net.nodes.some(({ op, inputs: [x] }) => {
		if (op !== 'relu' && op !== 'maxPool') return false;
		return Array.from(flow.rowOf[x.index]!).some((row, channel, rows) => {
			if (rows.indexOf(row) !== channel) return false;
			const seen = channelDependency(flow, x, channel);
			return seen.includes(task.a) && seen.includes(task.b);
		});
	});
	const seesSpace = net.tensors.some(({ index }) => !fields[index]!.global && fields[index]!.y.size > 1);
	const can = (meet || task.id === 'space') && (seesSpace || task.id === 'colour');
	return { meet, seesSpace, can };
}
