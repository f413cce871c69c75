import { kernelPosition } from '$lib/ops/filters';
import type { Resolved } from './resolve';

/** What a part of the figure shows: tensor `index` (0: the input), or the filters or the shuffle of stage `index`. */
export type Subject = { readonly kind: 'tensor' | 'filters' | 'shuffle'; readonly index: number };

/** A value that can be pointed at. Tensor 0 is the input, tensor `n` the output of stage `n - 1`. */
export type Target =
	| {
			readonly kind: 'cell';
			readonly tensor: number;
			readonly y: number;
			readonly x: number;
			readonly channel: number;
	  }
	/** `index` is in the data of the stage's kernel or bias. */
	| { readonly kind: 'weight' | 'bias'; readonly stage: number; readonly index: number };

export function isSameTarget(a: Target | null, b: Target | null): boolean {
	if (a === null || b === null || a.kind !== b.kind) return a === b;
	if (a.kind === 'cell' && b.kind === 'cell') {
		return a.tensor === b.tensor && a.y === b.y && a.x === b.x && a.channel === b.channel;
	}
	return a.kind !== 'cell' && b.kind !== 'cell' && a.stage === b.stage && a.index === b.index;
}

/** Whether a reader can type over it: all but what is computed. */
export function isEditable(target: Target): boolean {
	return target.kind !== 'cell' || target.tensor === 0;
}

/** Value of a target; `null` where there is none. */
export function targetValue({ input, stages }: Resolved, target: Target): number | null {
	if (target.kind === 'cell') {
		const tensor = target.tensor === 0 ? input : stages[target.tensor - 1]?.output;
		if (!tensor) return null;
		const [height, width, channels] = tensor.shape;
		const { y, x, channel } = target;
		if (y >= height || x >= width || channel >= channels) return null;
		return tensor.data[(y * width + x) * channels + channel] ?? null;
	}
	const name = target.kind === 'weight' ? 'kernel' : 'bias';
	return stages[target.stage]?.weights[name]?.data[target.index] ?? null;
}

/** Where in its kernel a weight is: row, column, input channel of the whole input, filter. */
export function weightPosition(
	{ stages }: Resolved,
	stage: number,
	index: number
): { ky: number; kx: number; plane: number; channel: number; filter: number } | null {
	const layer = stages[stage]?.layer;
	if (layer?.kind !== 'conv2d' && layer?.kind !== 'transposedConv2d') return null;
	const { ky, kx, i, outChannel } = kernelPosition(layer.geometry, index);
	const group = Math.floor(outChannel / layer.geometry.outChannelsPerGroup);
	return { ky, kx, plane: i, channel: group * layer.geometry.inChannelsPerGroup + i, filter: outChannel };
}
