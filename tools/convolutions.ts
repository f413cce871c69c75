/**
 * The comparison of convolutions: trains one backbone with each way of convolving, several seeds each, and writes what they reach and how long
 * they take in a browser where the site reads it, src/lib/viz/figures/convolutionComparison/measured.json:
 *
 *     npm run convolutions -- --data DIR [--out runs/convolutions] [--python python3] [--device cpu|cuda] [--seeds 1,2,3] [--ways A,B]
 *     npm run convolutions -- --times
 *
 * DIR has `train/<class>/*.jpg` and `test/<class>/*.jpg`. Runs that are done are not done again, so a comparison that broke off goes
 * on, and the file is only written when none is missing. `--times` measures the times anew, and leaves the rest.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatGraph, networkById } from '../src/lib/nets';
import { variants, type Variant } from '../src/lib/nets/networks/oneBackbone';
import type { MeasuredComparison, Recipe } from '../src/lib/viz/figures/convolutionComparison/measured';
import { readArguments, readChoice, readChoices, readNumbers } from './arguments';
import { runCommand } from './streams';
import { timeNetworks } from './bench-networks/bench';
import { trainInPython } from './train/python';

const file = 'src/lib/viz/figures/convolutionComparison/measured.json';

/** One for all ways. */
const schedule = { epochs: 12, rate: 0.1, batch: 128 } as const;

interface Result {
	readonly accuracy: number;
	readonly data: string;
	readonly torch: string;
}

interface Given {
	readonly data: string;
	readonly out: string;
	readonly python: string;
	readonly device: string;
	readonly variants: readonly Variant[];
	readonly seeds: readonly number[];
}

const resultFile = (out: string, variant: Variant, seed: number) =>
	join(out, `${variant}-${seed}`, 'result.json');

function train({ data, out, python, device }: Given, variant: Variant, seed: number): void {
	if (existsSync(resultFile(out, variant, seed))) return;
	const folder = join(out, `${variant}-${seed}`);
	mkdirSync(folder, { recursive: true });
	const graph = join(folder, 'graph.json');
	writeFileSync(graph, formatGraph(networkById('one-backbone').build({ way: variant })));
	// What the trainer prints does not say which run it is of.
	console.log(`${variant}, seed ${seed}`);
	trainInPython(python, {
		graph,
		data,
		out: folder,
		pictures: join(out, 'pictures'),
		device,
		seed,
		...schedule
	});
}

/** All that is measured by training; `null` where runs are missing. */
function collect({ out, seeds }: Given): Pick<MeasuredComparison, 'recipe' | 'accuracies'> | null {
	const runs = variants.map((variant) => seeds.map((seed) => resultFile(out, variant, seed)));
	if (!runs.flat().every((path) => existsSync(path))) return null;
	const results = runs.map((paths) => paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Result));
	const { data, torch } = results[0]![0]!;
	const recipe: Recipe = { data, torch, ...schedule, seeds };
	const accuracies = Object.fromEntries(
		variants.map((variant, i) => [variant, results[i]!.map(({ accuracy }) => accuracy)])
	) as MeasuredComparison['accuracies'];
	return { recipe, accuracies };
}

async function measureTimes(): Promise<MeasuredComparison['times']> {
	const jobs = variants.map((variant) => ({ network: 'one-backbone', knobs: { way: variant } }));
	// Networks that take a tenth of a millisecond: what is counted begins when their script has long been compiled.
	const { on, milliseconds } = await timeNetworks(jobs, { threads: 1, rounds: 5, runs: 100, warmUps: 2000 });
	return {
		on,
		milliseconds: Object.fromEntries(variants.map((variant, i) => [variant, milliseconds[i]!])) as Record<
			Variant,
			number[]
		>
	};
}

function write(measuredComparison: MeasuredComparison): void {
	writeFileSync(file, `${JSON.stringify(measuredComparison)}\n`);
}

async function main(): Promise<void> {
	const { values } = readArguments('convolutions', {
		options: {
			data: { type: 'string' },
			out: { type: 'string', default: 'runs/convolutions' },
			python: { type: 'string', default: 'python3' },
			device: { type: 'string', default: 'cpu' },
			seeds: { type: 'string', default: '1,2,3' },
			ways: { type: 'string', default: variants.join(',') },
			times: { type: 'boolean', default: false }
		}
	});
	if (values.times) {
		write({ ...(JSON.parse(readFileSync(file, 'utf8')) as MeasuredComparison), times: await measureTimes() });
		return;
	}
	if (!values.data || !existsSync(join(values.data, 'train')))
		throw new Error('--data names the folder that has train/ and test/');
	const { data, out, python } = values;
	const given: Given = {
		...{ data, out, python },
		device: readChoice('convolutions', 'device', values.device, ['cpu', 'cuda']),
		variants: readChoices('convolutions', 'ways', values.ways, variants),
		seeds: readNumbers('convolutions', 'seeds', values.seeds, { min: 0, max: 2 ** 31, isWhole: true })
	};
	for (const seed of given.seeds) for (const variant of given.variants) train(given, variant, seed);
	const trained = collect(given);
	if (trained) write({ ...trained, times: await measureTimes() });
	// No failure, where only some ways were asked for; but whoever looks for the file should know.
	else console.log('runs of other ways or seeds are missing: nothing is written');
}

await runCommand('convolutions', main);
