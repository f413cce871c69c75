import { kernelPosition } from '$lib/ops/filters';
import type { Cell } from '$lib/ops/types';
import type { Resolved } from './resolve';

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

/** All that goes into a target or is made from it: cells of each tensor, weights of each stage, each at most once. */
export interface Related {
	readonly cells: readonly (readonly Cell[])[];
	/** Indices in the kernel's data. */
	readonly weights: readonly (readonly number[])[];
}

/** What a target is related to: the receptive field of a computed cell, what a cell feeds, what a weight touches. */
export function relatedTo({ input, stages }: Resolved, target: Target): Related {
	const shapes = [input.shape, ...stages.map(({ output }) => output.shape)];
	const cells: Map<number, Cell>[] = shapes.map(() => new Map());
	const weights: Set<number>[] = stages.map(() => new Set());
	const add = (tensor: number, cell: Cell) => {
		const [, width, channels] = shapes[tensor]!;
		cells[tensor]!.set((cell.y * width + cell.x) * channels + cell.channel, cell);
	};
	const forward = (from: number) => {
		for (let stage = from; stage < stages.length; stage++) {
			for (const cell of cells[stage]!.values()) {
				for (const fed of stages[stage]!.feeds(cell)) add(stage + 1, fed);
			}
		}
	};
	const backward = (from: number) => {
		for (let stage = from; stage >= 0; stage--) {
			for (const cell of cells[stage + 1]!.values()) {
				for (const read of stages[stage]!.reads(cell)) add(stage, read);
			}
		}
	};

	if (target.kind === 'cell') {
		add(target.tensor, { ...target, tensor: 0 });
		forward(target.tensor);
		backward(target.tensor - 1);
	} else if (target.kind === 'weight') {
		const { stage, index } = target;
		weights[stage]!.add(index);
		for (const { output, input: read } of stages[stage]!.weightFeeds(index)) {
			add(stage + 1, output);
			if (read) add(stage, read);
		}
		forward(stage + 1);
	} else {
		const { stage, index } = target;
		const [height, width] = shapes[stage + 1]!;
		for (let n = 0; n < height * width; n++) {
			add(stage + 1, { tensor: 0, y: Math.floor(n / width), x: n % width, channel: index });
		}
		forward(stage + 1);
	}
	// The target's own cell is drawn as such.
	if (target.kind === 'cell') cells[target.tensor]!.clear();
	if (target.kind === 'weight') weights[target.stage]!.clear();
	return { cells: cells.map((map) => [...map.values()]), weights: weights.map((set) => [...set]) };
}

/** Where in its kernel a weight is: row, column, input channel of the whole input, filter. */
export function weightPlace(
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
