/**
 * Has PyTorch train the seven ways of `/train` from the same weights, on the same pictures in the same order, and keeps its losses of the
 * first 20 steps in tests/golden/training/losses.json, which a test holds those of src/lib/training against:
 *
 *     npm run losses -- [--python python3]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { picturesOf, Trainer, type Recipe } from '../src/lib/training/trainer';
import { pictureSize, type Task } from '../src/lib/training/task';
import { trainingGraph, ways, type Backbone } from '../src/lib/training/ways';
import { readArguments } from './arguments';
import { runCommand } from './streams';

const golden = 'tests/golden/training/losses.json';
const steps = 20;
const task: Task = { id: 'together', channels: 4, a: 0, b: 2, noise: 0.3 };
const backbone: Backbone = { channels: 4, width: 8, depth: 3, groups: 2, norm: true };
const recipe: Recipe = { rate: 0.1, momentum: 0.9, batch: 32, init: 'he', seed: 1 };

/** PyTorch's names of what has another here. */
const names: Readonly<Record<string, string>> = {
	kernel: 'weight',
	gamma: 'weight',
	beta: 'bias',
	mean: 'running_mean',
	variance: 'running_var'
};

async function main(): Promise<void> {
	const {
		values: { python }
	} = readArguments('losses', { options: { python: { type: 'string', default: 'python3' } } });
	const networks = Object.fromEntries(
		ways.map((way) => {
			const graph = trainingGraph(way, backbone);
			const { parameters } = new Trainer(graph, task, recipe).program;
			const weights = parameters.map(({ node, spec, values }) => [
				`${node.replaceAll('/', '.')}.${names[spec.name] ?? spec.name}`,
				{ shape: spec.shape, values: [...values] }
			]);
			return [way, { graph, weights: Object.fromEntries(weights) as object }];
		})
	);
	const given = {
		...{ networks, recipe, shape: [pictureSize, pictureSize, task.channels] },
		steps: Array.from({ length: steps }, (_, step) => {
			const { values, labels } = picturesOf(task, recipe, step);
			return { values: [...values], labels: [...labels] };
		})
	};
	const folder = mkdtempSync(join(tmpdir(), 'losses-'));
	try {
		const file = join(folder, 'given.json');
		writeFileSync(file, JSON.stringify(given));
		const { status, stdout, error } = spawnSync(python, ['tools/train/losses.py', file], {
			stdio: ['ignore', 'pipe', 'inherit'],
			encoding: 'utf8',
			maxBuffer: 1 << 24
		});
		if (error) throw error;
		if (status !== 0) throw new Error(`${python} tools/train/losses.py ended with ${status}`);
		const text = JSON.stringify({ task, backbone, recipe, ...(JSON.parse(stdout) as object) });
		const { format, resolveConfig } = await import('prettier');
		writeFileSync(golden, await format(text, { ...(await resolveConfig(golden)), parser: 'json' }));
		console.log(`${golden}: ${ways.length} ways, ${steps} steps`);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

await runCommand('losses', main);
