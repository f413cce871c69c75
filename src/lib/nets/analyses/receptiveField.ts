import type { SpatialMap } from '../../ops';
import type { ResolvedGraph } from '../resolve';

/** Along one axis: which input positions an output position can depend on. */
export interface AxisField {
	/** Input positions across; those beyond the edge (padding) included. */
	readonly size: number;
	/** Input positions between neighbouring output positions, the product of the strides. */
	readonly jump: number;
	/** First input position for output position 0; negative where it hangs over the edge. */
	readonly start: number;
}

/** Receptive field of a tensor's positions on the graph's (first) input. */
export interface ReceptiveField {
	readonly y: AxisField;
	readonly x: AxisField;
	/** Every position depends on the whole input (after global pooling, a dense layer, or squeeze-and-excite). */
	readonly global: boolean;
	/** Whether what it depends on is not known: behind an operator that is not computed here. It is then said to be all. */
	readonly unknown: boolean;
}

/**
 * Receptive field of every tensor on the first input, by tensor index. Where branches meet, it is the smallest window that
 * holds theirs. Source of the recursion: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural
 * Networks", Distill 2019.
 */
export function receptiveFields(resolved: ResolvedGraph): readonly ReceptiveField[] {
	const [height, width] = resolved.tensors[0].shape;
	const fields: ReceptiveField[] = resolved.tensors.map(() => pixel);
	for (const node of resolved.nodes) {
		const map = node.operator.spatial(node.geometry);
		const inputs = node.inputs.map((tensor) => fields[tensor.index]!);
		const isOpaque = node.op === 'opaque' && map.kind === 'global';
		const isGlobal = map.kind === 'global' || inputs.some((field) => field.global);
		const read: ReceptiveField = {
			y: join(inputs.map((field) => through(field.y, map, 0))),
			x: join(inputs.map((field) => through(field.x, map, 1))),
			...{ global: false, unknown: inputs.some((field) => field.unknown) || isOpaque }
		};
		const field = isGlobal ? whole(read, height, width) : read;
		for (const output of node.outputs) fields[output.index] = field;
	}
	return fields;
}

const pixel: ReceptiveField = {
	y: { size: 1, jump: 1, start: 0 },
	x: { size: 1, jump: 1, start: 0 },
	...{ global: false, unknown: false }
};

/** The whole input for every position; jumps are those of the path that is not global. */
function whole({ y, x, unknown }: ReceptiveField, height: number, width: number): ReceptiveField {
	return {
		y: { size: height, jump: y.jump, start: 0 },
		x: { size: width, jump: x.jump, start: 0 },
		...{ global: true, unknown }
	};
}

function through(field: AxisField, map: SpatialMap, axis: 0 | 1): AxisField {
	if (map.kind === 'pointwise' || map.kind === 'lined' || map.kind === 'global') return field;
	if (map.kind === 'resample') {
		const reads = map.reads[axis];
		const most = Math.max(...reads.map((places) => places.at(-1)! - places[0]!));
		return {
			size: field.size + most * field.jump,
			jump: field.jump * map.step[axis],
			start: field.start + reads[0]![0]! * field.jump
		};
	}
	const reach = (map.kernelSize[axis] - 1) * map.dilation[axis];
	const stride = map.stride[axis];
	const padding = map.padding[axis];
	if (map.kind === 'window') {
		return {
			size: field.size + reach * field.jump,
			jump: field.jump * stride,
			start: field.start - padding * field.jump
		};
	}
	// Output position o reads inputs i with 0 <= o + padding - i * stride <= reach, at most floor(reach / stride) + 1 of them.
	return {
		size: field.size + Math.floor(reach / stride) * field.jump,
		jump: field.jump / stride,
		start: field.start + Math.ceil((padding - reach) / stride) * field.jump
	};
}

function join(fields: readonly AxisField[]): AxisField {
	const start = Math.min(...fields.map((field) => field.start));
	const end = Math.max(...fields.map((field) => field.start + field.size));
	return { size: end - start, jump: Math.max(...fields.map((field) => field.jump)), start };
}
