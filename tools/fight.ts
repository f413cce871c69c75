/**
 * The fair fight: trains one backbone with each way of convolving, several seeds each, and writes what they reach and how long
 * they take in a browser where the site reads it, src/lib/viz/figures/fight/measured.json:
 *
 *     npm run fight -- --data DIR [--out runs/fight] [--python python3] [--device cpu|cuda] [--seeds 1,2,3] [--ways A,B]
 *     npm run fight -- --times
 *
 * DIR has `train/<class>/*.jpg` and `test/<class>/*.jpg`. Runs that are done are not done again, so a fight that broke off goes
 * on, and the file is only written when none is missing. `--times` measures the times anew, and leaves the rest.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatGraph, networkById, type KnobValues } from '../src/lib/nets';
import { ways, type Way } from '../src/lib/nets/networks/oneBackbone';
import type { Fight, Recipe } from '../src/lib/viz/figures/fight/measured';
import { timeNetworks } from './bench-networks/bench';
import { trainInPython } from './train/python';

const file = 'src/lib/viz/figures/fight/measured.json';

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
	readonly ways: readonly Way[];
	readonly seeds: readonly number[];
}

const resultFile = (out: string, way: Way, seed: number) => join(out, `${way}-${seed}`, 'result.json');

function train({ data, out, python, device }: Given, way: Way, seed: number): void {
	if (existsSync(resultFile(out, way, seed))) return;
	const folder = join(out, `${way}-${seed}`);
	mkdirSync(folder, { recursive: true });
	const graph = join(folder, 'graph.json');
	writeFileSync(graph, formatGraph(networkById('one-backbone').build({ way })));
	// What the trainer prints does not say which run it is of.
	console.log(`${way}, seed ${seed}`);
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
function collect({ out, seeds }: Given): Pick<Fight, 'recipe' | 'accuracies'> | null {
	const runs = ways.map((way) => seeds.map((seed) => resultFile(out, way, seed)));
	if (!runs.flat().every((path) => existsSync(path))) return null;
	const results = runs.map((paths) => paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Result));
	const { data, torch } = results[0]![0]!;
	const recipe: Recipe = { data, torch, ...schedule, seeds };
	const accuracies = Object.fromEntries(
		ways.map((way, i) => [way, results[i]!.map(({ accuracy }) => accuracy)])
	) as Fight['accuracies'];
	return { recipe, accuracies };
}

async function measureTimes(): Promise<Fight['times']> {
	const jobs = ways.map((way) => ({ network: 'one-backbone', knobs: { way } as KnobValues }));
	const { on, milliseconds } = await timeNetworks(jobs, { threads: 1, rounds: 3, runs: 100 });
	return {
		on,
		milliseconds: Object.fromEntries(ways.map((way, i) => [way, milliseconds[i]!])) as Record<Way, number[]>
	};
}

function write(fight: Fight): void {
	writeFileSync(file, `${JSON.stringify(fight)}\n`);
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			data: { type: 'string' },
			out: { type: 'string', default: 'runs/fight' },
			python: { type: 'string', default: 'python3' },
			device: { type: 'string', default: 'cpu' },
			seeds: { type: 'string', default: '1,2,3' },
			ways: { type: 'string', default: ways.join(',') },
			times: { type: 'boolean', default: false }
		}
	});
	if (values.times) {
		write({ ...(JSON.parse(readFileSync(file, 'utf8')) as Fight), times: await measureTimes() });
		return;
	}
	if (!values.data || !existsSync(join(values.data, 'train')))
		throw new Error('--data names the folder that has train/ and test/');
	const wanted = values.ways.split(',');
	const unknown = wanted.find((way) => !ways.some((known) => known === way));
	if (unknown !== undefined) throw new Error(`--ways ${unknown}: expected ${ways.join(', ')}`);
	const { data, out, python, device } = values;
	const given: Given = {
		...{ data, out, python, device, ways: wanted as Way[] },
		seeds: values.seeds.split(',').map(Number)
	};
	for (const seed of given.seeds) for (const way of given.ways) train(given, way, seed);
	const trained = collect(given);
	if (trained) write({ ...trained, times: await measureTimes() });
	// No failure, where only some ways were asked for; but whoever looks for the file should know.
	else console.log('runs of other ways or seeds are missing: nothing is written');
}

try {
	await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(2);
}
