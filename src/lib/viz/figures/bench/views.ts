import type { DrawnPlane } from '../../tensor/planes';
import { subscript } from '../../tensor/values';
import { type Resolved, tensorsOf } from './resolve';
import { type Scene, weightIndex } from './scene';
import type { StageId } from './spec';
import type { Target } from './targets';

/** A drawn plane that knows what its cells are. */
export interface PlaneView extends DrawnPlane {
	targetAt(row: number, column: number): Target;
}

/** The letter of a tensor: `I` and `O` for the first and the last, `M` or `A`, `B` for those between. */
export function tensorLetter(tensor: number, count: number): string {
	if (tensor === 0) return 'I';
	if (tensor === count - 1) return 'O';
	return count === 3 ? 'M' : String.fromCharCode('A'.charCodeAt(0) + tensor - 1);
}

/** The letter of a stage's kernel. */
export function kernelLetter(stage: StageId): string {
	return {
		conv: 'W',
		depthwise: 'D',
		pointwise: 'P',
		first: 'W',
		second: 'V',
		transposed: 'W',
		shuffle: '',
		pool: ''
	}[stage];
}

/** The planes of a part with their values, in the order of their channels; of filters, each with its bias behind it. */
export function planeViews(bench: Resolved, scene: Scene, part: Scene['parts'][number]): PlaneView[] {
	const { kind, index } = part.subject;
	const dependency = scene.dependency[index]!;
	const channels = scene.dependency[0]!.length;
	if (kind === 'tensor') {
		const tensors = tensorsOf(bench);
		const { shape, data } = tensors[index]!;
		return part.planes.map((plane, channel) => ({
			plane,
			valueAt: (row, column) => data[(row * shape[1] + column) * shape[2] + channel]!,
			targetAt: (y, x) => ({ kind: 'cell', tensor: index, y, x, channel }),
			label: tensorLetter(index, tensors.length) + subscript(channel),
			dependency: dependency[channel]!,
			channels
		}));
	}
	const stage = bench.stages[index]!;
	const kernel = stage.weights.kernel;
	if (!kernel) return [];
	return part.filters.flatMap(({ planes, bias }, filter): PlaneView[] => {
		const read = stage.channelsRead(filter);
		const indexOf = (row: number, column: number, i: number) =>
			weightIndex(bench, index, { row, column }, i, filter);
		const views = planes.map((plane, i): PlaneView => ({
			plane,
			valueAt: (row, column) => kernel.data[indexOf(row, column, i)]!,
			targetAt: (row, column) => ({ kind: 'weight', stage: index, index: indexOf(row, column, i) }),
			label: i === 0 ? kernelLetter(stage.id) + subscript(filter) : '',
			dependency: dependency[read[i]!]!,
			channels
		}));
		if (!bias) return views;
		return [
			...views,
			{
				plane: bias,
				valueAt: () => stage.weights.bias!.data[filter]!,
				targetAt: () => ({ kind: 'bias', stage: index, index: filter }),
				label: `b${subscript(filter)}`,
				dependency: [],
				channels
			}
		];
	});
}
