import {
	channelDependency,
	channelFlow,
	receptiveFields,
	type GraphTensor,
	type ResolvedGraph
} from '../nets';
import { layersOf } from './strands';
import type { Task, TaskId } from './task';

/** What a network can bring together, whatever its weights. */
export interface Verdict {
	/** Whether channels a and b come together before something that is not linear. Else its output is a part of a plus a part of b. */
	readonly meet: boolean;
	/** Whether something that is not linear reads more than one pixel. Else the pictures are bags of pixels to it. */
	readonly seesSpace: boolean;
	/** Whether nothing in it is other than linear: all of it is one sum of the picture's values, however it brings them together. */
	readonly isLinear: boolean;
	/** Whether all that the task asks for comes together only behind the last that is not linear, where it is added up and no more. */
	readonly isLate: boolean;
	/** The first layer, from 1, in which something that is not linear reads at once all that the task asks for; `null` where none does. */
	readonly layer: number | null;
	/** Whether nothing keeps it from the task. */
	readonly can: boolean;
}

/** What of a picture has to be read at once for the answer: both channels, more than a pixel, or all of that. */
export const needs: Readonly<Record<TaskId, { readonly meeting: boolean; readonly space: boolean }>> = {
	together: { meeting: true, space: true },
	space: { meeting: false, space: true },
	colour: { meeting: true, space: false }
};

/** Who can learn a task, known before a step is taken: from the graph's own channel dependency and receptive fields. */
export function verdictOf(net: ResolvedGraph, task: Pick<Task, 'id' | 'a' | 'b'>): Verdict {
	const flow = channelFlow(net);
	const fields = receptiveFields(net);
	/** What channels of a tensor have seen, each kind once. */
	const seenBy = (tensor: GraphTensor) => {
		const rows = flow.rowOf[tensor.index]!;
		return [...new Set(rows)].map((row) => channelDependency(flow, tensor, rows.indexOf(row)));
	};
	const hasSpace = ({ index }: GraphTensor) => !fields[index]!.global && fields[index]!.y.size > 1;
	const readers = net.nodes
		.filter(({ op }) => op === 'relu' || op === 'maxPool')
		.map(({ index, inputs: [x], outputs: [y] }) => {
			const seen = seenBy(x);
			return {
				index,
				hasA: seen.some((of) => of.includes(task.a)),
				meeting: seen.some((of) => of.includes(task.a) && of.includes(task.b)),
				space: hasSpace(y)
			};
		});
	const { meeting, space } = needs[task.id];
	const isBrought = net.tensors.some(
		(tensor) =>
			!fields[tensor.index]!.global &&
			(hasSpace(tensor) || !space) &&
			seenBy(tensor).some((of) => of.includes(task.a) && (of.includes(task.b) || !meeting))
	);
	const first = readers.find((of) => of.hasA && (of.meeting || !meeting) && (of.space || !space));
	return {
		meet: readers.some((of) => of.meeting),
		seesSpace: readers.some((of) => of.space),
		isLinear: readers.length === 0,
		isLate: !first && isBrought,
		layer: first ? layersOf(net).findIndex((last) => last >= first.index) + 1 : null,
		can: first !== undefined
	};
}
