import type { Cell } from '$lib/ops/types';
import type { Resolved } from './resolve';
import type { Target } from './targets';

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
