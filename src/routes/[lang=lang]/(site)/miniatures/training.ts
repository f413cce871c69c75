import { Trainer } from '$lib/training/trainer';
import { trainingGraph } from '$lib/training/ways';

/** Two ways that learn, and one that cannot. */
export const drawnWays = ['depthwise', 'groupShuffle', 'standard'] as const;
const steps = 90;
export const batch = 64;

/**
 * Right answers of each step, of {@link batch}, as the page trains them: that takes seconds, so the home page has them from
 * `training.json`, and a test trains them anew.
 */
export function trainDrawn(): Record<(typeof drawnWays)[number], number[]> {
	const task = { id: 'together', channels: 4, a: 0, b: 2, noise: 0.3 } as const;
	const backbone = { channels: 4, width: 8, depth: 3, groups: 2, norm: true };
	const recipe = { rate: 0.1, momentum: 0.9, batch, init: 'he', seed: 1 } as const;
	const right = (way: (typeof drawnWays)[number]) => {
		const trainer = new Trainer(trainingGraph(way, backbone), task, recipe);
		return Array.from({ length: steps }, () => Math.round(batch * trainer.train().accuracy));
	};
	return {
		depthwise: right('depthwise'),
		groupShuffle: right('groupShuffle'),
		standard: right('standard')
	};
}
