import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FormatError, openFiles } from '../src/lib/formats/index';
import { WeightsError } from '../src/lib/formats/tensors';
import { randomNumbers, resolveGraph } from '../src/lib/nets/index';

/**
 * Changes and cuts real model files at random, and opens what comes of it:
 *
 *     npm run fuzz -- ../shared/models [--runs 10000] [--seed 1]
 *
 * Each has to give a network or a sentence, within 2 seconds of a processor and without much memory. What does not is printed with the changes
 * that make it again; exit code 1.
 */
const flag = (name: string, fallback: string) => {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const [folder = ''] = process.argv.slice(2);
const runs = Number(flag('runs', '10000'));
const random = randomNumbers(flag('seed', String(Math.floor(Math.random() * 2 ** 31))));
const below = (n: number) => Math.floor(random() * n);

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.map((name) => join(folder, name))
	.filter((path) => statSync(path).isFile() && !/\.(f32|md)$/.test(path))
	.map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) }))
	// Of large files the structure is what counts, and it is where they begin and end.
	.filter(({ bytes }) => bytes.length < 4 << 20);

/** Interesting values for a byte, or for the first of several. */
const bytes = [0, 1, 0x7f, 0x80, 0xff];

function mutated(original: Uint8Array): Uint8Array {
	const copy = original.slice(0, below(4) === 0 ? below(original.length) : original.length);
	for (let n = 1 + below(6); n > 0 && copy.length > 0; n--) {
		// Mostly where lengths and shapes stand: early on, or anywhere.
		const at = below(2) === 0 ? below(Math.min(4096, copy.length)) : below(copy.length);
		const length = below(3) === 0 ? 1 + below(8) : 1;
		for (let i = at; i < Math.min(copy.length, at + length); i++)
			copy[i] = below(2) === 0 ? bytes[below(bytes.length)]! : below(256);
	}
	return copy;
}

const outcomes: Record<string, number> = {};
let isBad = false;
let slowest = 0;
for (let run = 0; run < runs; run++) {
	const { path, bytes: original } = files[run % files.length]!;
	const changed = mutated(original);
	const started = process.cpuUsage();
	let outcome: string;
	try {
		const opened = await openFiles([{ name: basename(path), bytes: changed }]);
		if (opened.kind === 'model') resolveGraph(opened.graph);
		outcome = opened.kind;
	} catch (error) {
		const isSentence = error instanceof FormatError || error instanceof WeightsError;
		outcome = isSentence ? error.code : 'thrown';
		if (!isSentence) {
			isBad = true;
			process.stdout.write(`run ${run}, ${path}: ${error instanceof Error ? error.stack : String(error)}\n`);
		}
	}
	const { user, system } = process.cpuUsage(started);
	const took = (user + system) / 1000;
	slowest = Math.max(slowest, took);
	if (took > 2000) {
		isBad = true;
		process.stdout.write(`run ${run}, ${path}: ${Math.round(took)} ms (${outcome})\n`);
	}
	outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
process.stdout.write(`${JSON.stringify({ runs, outcomes, slowest: Math.round(slowest) })}\n`);
if (isBad) process.exitCode = 1;
