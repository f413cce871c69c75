import { describe, expect, it } from 'vitest';
import { Trainer, type Recipe } from '$lib/training/trainer';
import type { Task } from '$lib/training/task';
import { trainingGraph, ways, type Backbone } from '$lib/training/ways';
import golden from './losses.json' with { type: 'json' };

describe(`losses as PyTorch ${golden.torch} has them (npm run losses)`, () => {
	for (const way of ways) {
		it(`agree for ${way} within 1e-4 in each of ${golden.losses[way].length} steps`, () => {
			const graph = trainingGraph(way, golden.backbone satisfies Backbone);
			const trainer = new Trainer(graph, golden.task as Task, golden.recipe as Recipe);
			for (const loss of golden.losses[way]) expect(Math.abs(trainer.train().loss - loss)).toBeLessThan(1e-4);
		});
	}
});
