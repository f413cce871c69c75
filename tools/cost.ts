import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
	FormatError,
	openFiles,
	type ModelFile,
	type Opened,
	type OpenedModel,
	type ReadOptions
} from '../src/lib/formats/index';
import { WeightsError } from '../src/lib/formats/tensors';
import { parseManifest, shardsOf } from '../src/lib/formats/tfjs';
import {
	differenceOf,
	flagName,
	formatGraph,
	graphCost,
	GraphError,
	KnobError,
	knobRange,
	layerRows,
	networkById,
	networkIds,
	networks,
	parseGraph,
	parseKnobs,
	resolveGraph,
	UnknownNetworkError,
	type ComparedLayer,
	type ComparedRow,
	type Graph,
	type ResolvedGraph
} from '../src/lib/nets/index';
import { answerWith, readTextFrom } from './streams';

/**
 * What a network costs, on the command line:
 *
 *     npm run cost -- mobilenet --alpha 0.5 --resolution 160 --json
 *     npm run cost -- --graph file.json
 *     npm run cost -- --model model.onnx --input 320x480
 *     npm run cost -- --model model.onnx --compare pruned.onnx
 *
 * Flags are the knobs of the network's table. `--json` gives the figures as JSON, `--as-graph` the graph itself, as `--graph`
 * reads it. `--model` opens a file of any format that the site reads, `--input` is the height and width of its pictures: one
 * number, or `224x320`, or `224x320x3`, whose channels have to be the file's. `--compare` puts a second file beside it, layer by layer. What
 * cannot be is one line on standard error and exit code 2.
 */
class UsageError extends Error {}

interface Arguments {
	readonly network: string | null;
	/** Flags with their values; a flag without one has the empty string. */
	readonly flags: Readonly<Record<string, string>>;
}

function parseArguments(words: readonly string[]): Arguments {
	const flags = Object.create(null) as Record<string, string>;
	const names: string[] = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const [, name, value] = /^--([^=]+)(?:=(.*))?$/.exec(word) ?? [];
		if (name === undefined) {
			if (word.startsWith('-')) throw new UsageError(`"${word}" is no flag; flags begin with --`);
			names.push(word);
			continue;
		}
		if (name in flags) throw new UsageError(`--${name} is given twice`);
		const next = words[i + 1];
		const takesNext =
			value === undefined && !SWITCHES.has(name) && next !== undefined && !next.startsWith('--');
		flags[name] = value ?? (takesNext ? next : '');
		if (takesNext) i++;
	}
	if (names.length > 1) throw new UsageError(`one network at a time, and not ${names.join(', ')}`);
	return { network: names[0] ?? null, flags };
}

const SWITCHES = new Set(['json', 'as-graph', 'help']);

async function main(words: readonly string[]): Promise<string> {
	const { network, flags } = parseArguments(words);
	const { json, help, graph: file, model, input, compare, 'as-graph': asGraph, ...knobs } = flags;
	if (help !== undefined) return usage();
	if (model !== undefined && (network !== null || file !== undefined))
		throw new UsageError('--model goes alone, without a network or --graph');
	if (compare !== undefined) {
		if (model === undefined) throw new UsageError('--compare goes with --model: two files, side by side');
		const both = [await modelOf(model, input), await modelOf(compare, input)] as const;
		return json === undefined ? compareText(both) : compareJson(both);
	}
	const graph =
		model === undefined ? await graphOf(network, file, knobs) : (await modelOf(model, input)).graph;
	const resolved = resolveGraph(graph);
	if (asGraph !== undefined) return formatGraph(graph).trimEnd();
	return json === undefined ? formatText(resolved) : formatJson(resolved);
}

async function graphOf(
	network: string | null,
	file: string | undefined,
	knobs: Readonly<Record<string, string>>
): Promise<Graph> {
	if (network === null && file === undefined) {
		throw new UsageError(
			`which network? one of ${networkIds.join(', ')}, or --graph file.json; --help says more`
		);
	}
	if (network !== null && file !== undefined) throw new UsageError('a network or --graph, not both');
	if (network !== null) {
		const { knobs: table, build } = networkById(network);
		return build(parseKnobs(table, knobs));
	}
	const [flag] = Object.keys(knobs);
	if (flag !== undefined) throw new UsageError(`--${flag} does not go with --graph, which has no knobs`);
	return parseGraph(await readText(file ?? ''));
}

/** The network in a file of a framework. */
async function modelOf(file: string, input: string | undefined): Promise<OpenedModel> {
	const sizes = input?.split(/[x×]/).map(Number) ?? [];
	if (sizes.length > 3 || sizes.some((n) => !(Number.isInteger(n) && n > 0)))
		throw new UsageError(
			`--input ${input} is no height and width in whole pixels: 224, 224x320 or 224x320x3`
		);
	const [height, width = height, channels] = sizes;
	const main = await readAs('--model', file, async () => fileAt(file));
	const opened = await openWithNeeded(
		[main, ...shardsBeside(main, file)],
		dirname(file),
		height === undefined ? {} : { size: [height, width!] }
	);
	if (opened.kind === 'weights') throw new UsageError(`${file} has weights alone, and no structure to count`);
	const [{ shape }] = opened.graph.inputs as [(typeof opened.graph.inputs)[number]];
	if (channels !== undefined && shape[2] !== channels)
		throw new UsageError(`--input ${input}: ${file} takes ${shape[2]} channels, not ${channels}`);
	return opened;
}

const fileAt = (path: string): ModelFile => ({
	name: basename(path),
	bytes: new Uint8Array(readFileSync(path))
});

/** Files that lie beside another and are named by it, as a page gets them dropped together. */
const named = (names: readonly string[], folder: string): ModelFile[] =>
	names
		.map((name) => join(folder, basename(name)))
		.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
		.map(fileAt);

/** The weights of a model.json, as far as they are there: its structure is counted without them. */
function shardsBeside({ name, bytes }: ModelFile, file: string): ModelFile[] {
	try {
		return named(shardsOf(parseManifest(new TextDecoder().decode(bytes), name)), dirname(file));
	} catch (error) {
		if (error instanceof WeightsError) return [];
		throw error;
	}
}

/** Opens files, with those that they turn out to need and that lie in the same folder. */
async function openWithNeeded(
	files: readonly ModelFile[],
	folder: string,
	options: ReadOptions
): Promise<Opened> {
	try {
		return await openFiles(files, options);
	} catch (error) {
		const isMissing = error instanceof FormatError && error.code === 'missingFile';
		if (!isMissing) throw error;
		const needed = named([String(error.params['needed'])], folder);
		const more = needed.filter(({ name }) => files.every((of) => of.name !== name));
		if (more.length === 0) throw error;
		return openWithNeeded([...files, ...more], folder, options);
	}
}

type Both = readonly [OpenedModel, OpenedModel];

function difference(both: Both) {
	const [a, b] = both.map(({ graph }) => resolveGraph(graph)) as [ResolvedGraph, ResolvedGraph];
	return { a, b, ...differenceOf(a, b, [both[0].weights, both[1].weights]) };
}

const layerJson = (layer: ComparedLayer | null) =>
	layer && {
		...{ name: layer.node.id, op: layer.node.op, output: layer.node.outputs[0].shape, params: layer.params },
		...(layer.isUncounted ? { uncounted: 1 } : { macs: layer.macs }),
		...(layer.stored && { zeros: layer.stored.zeros, quantized: layer.stored.isQuantized })
	};

function compareJson(both: Both): string {
	const { a, b, rows, changed } = difference(both);
	const head = (net: ResolvedGraph) => {
		const { params, macs, flops, uncounted } = graphCost(net).total;
		return { name: net.graph.name, params, macs, flops, ...(uncounted > 0 && { uncounted }) };
	};
	const layers = rows.map((row) =>
		JSON.stringify({
			...{ a: layerJson(row.a), b: layerJson(row.b), differs: row.differs },
			...(row.options.length > 0 && { options: row.options })
		})
	);
	const text = JSON.stringify({ a: head(a), b: head(b), changed });
	return `${text.slice(0, -1)},"layers":[\n${layers.join(',\n')}\n]}`;
}

/** What two layers have, as one where it is the same. */
function beside(row: ComparedRow, of: (layer: ComparedLayer) => string): string {
	const [a, b] = [row.a && of(row.a), row.b && of(row.b)];
	return a !== null && b !== null && a !== b ? `${a} → ${b}` : (a ?? b ?? '');
}

function compareText(both: Both): string {
	const { a, b, rows, changed } = difference(both);
	const count = (n: number) => n.toLocaleString('en-US');
	const stored = ({ stored: of }: ComparedLayer) =>
		of ? `${(100 * of.zeros).toFixed(1)}%${of.isQuantized ? ' int' : ''}` : '';
	const head = ['', 'layer', 'op', 'output', 'params', 'MACs', 'zeros', 'told'];
	const cells = rows.map((row) => [
		!row.b ? '-' : !row.a ? '+' : row.differs.length > 0 ? '≠' : '',
		beside(row, ({ node }) => node.id),
		beside(row, ({ node }) => node.op),
		beside(row, ({ node: { outputs } }) => `${outputs[0].shape.join('×')}${outputs[0].isGuess ? '?' : ''}`),
		beside(row, ({ params, isUnsized }) => (isUnsized ? 'not counted' : count(params))),
		beside(row, ({ macs, isUncounted }) => (isUncounted ? 'not counted' : count(macs))),
		beside(row, stored),
		row.options
			.map(({ name, a: x, b: y }) => `${name} ${JSON.stringify(x)} → ${JSON.stringify(y)}`)
			.join(', ')
	]);
	const widths = head.map((title, i) => Math.max(title.length, ...cells.map((line) => line[i]!.length)));
	const line = (of: readonly string[]) =>
		of
			.map((cell, i) => (i < 3 || i === 7 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
			.join('  ')
			.trimEnd();
	const total = (net: ResolvedGraph) => {
		const { params, macs, uncounted, unsized } = graphCost(net).total;
		const least = unsized > 0 ? 'at least ' : '';
		return {
			params: `${least}${count(params.trainable)}`,
			macs: `${uncounted > 0 ? 'at least ' : ''}${count(macs)}`
		};
	};
	const [x, y] = [total(a), total(b)];
	return [
		`${a.graph.name}, input ${a.tensors[0].shape.join('×')}, beside ${b.graph.name}, input ${b.tensors[0].shape.join('×')}`,
		'-: only in the first; +: only in the second; ≠: differs',
		'',
		line(head),
		line(widths.map((width) => '─'.repeat(width))),
		...cells.map(line),
		'',
		`${changed} of ${rows.length} layers ${changed === 1 ? 'differs' : 'differ'}`,
		`params  ${x.params} → ${y.params}`,
		`MACs    ${x.macs} → ${y.macs}`
	].join('\n');
}

const readText = (file: string) => readAs('--graph', file, () => readTextFrom(file));

async function readAs<T>(flag: string, file: string, read: () => Promise<T>): Promise<T> {
	if (file === '') throw new UsageError(`${flag} needs the name of a file`);
	try {
		return await read();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new UsageError(`${flag} ${file} cannot be read: ${reason}`);
	}
}

function formatJson(resolved: ResolvedGraph): string {
	const { params, macs, flops, uncounted, unsized } = graphCost(resolved).total;
	const layers = layerRows(resolved).map((row) => ({
		name: row.id,
		op: row.op,
		...(row.type !== null && { type: row.type }),
		output: row.output,
		...(row.isGuess && { guess: true }),
		kernel: row.kernel,
		stride: row.stride,
		groups: row.groups,
		params: row.params.trainable,
		macs: row.macs
	}));
	const input = resolved.tensors[0].shape;
	const head = JSON.stringify({
		...{ name: resolved.graph.name, input, params, macs, flops },
		...(uncounted > 0 && { uncounted }),
		...(unsized > 0 && { unsized })
	});
	return `${head.slice(0, -1)},"layers":[\n${layers.map((layer) => JSON.stringify(layer)).join(',\n')}\n]}`;
}

function formatText(resolved: ResolvedGraph): string {
	const { params, macs, flops, uncounted, unsized } = graphCost(resolved).total;
	const count = (n: number) => n.toLocaleString('en-US');
	const least = uncounted > 0 ? 'at least ' : '';
	const head = ['layer', 'op', 'output', 'kernel', 'stride', 'groups', 'params', 'MACs'];
	const rows = layerRows(resolved).map((row) => [
		row.id,
		row.type ?? row.op,
		`${row.output.join('×')}${row.isGuess ? '?' : ''}`,
		row.kernel?.join('×') ?? '',
		row.stride?.join('×') ?? '',
		row.groups === null ? '' : String(row.groups),
		row.unsized > 0 ? 'not counted' : count(row.params.trainable),
		row.uncounted > 0 ? 'not counted' : count(row.macs)
	]);
	const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
	const line = (cells: readonly string[]) =>
		cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
	return [
		`${resolved.graph.name}, input ${resolved.tensors[0].shape.join('×')}`,
		'',
		line(head),
		line(widths.map((width) => '─'.repeat(width))),
		...rows.map(line),
		'',
		`params  ${unsized > 0 ? 'at least ' : ''}${count(params.trainable)} trainable: weights ${count(params.weights)}, biases ${count(params.biases)}, batch norm ${count(params.bnTrainable)}`,
		`        and ${count(params.bnStatistics)} moving statistics of batch norm`,
		`MACs    ${least}${count(macs)}`,
		`FLOPs   ${least}${count(flops)}`
	].join('\n');
}

function usage(): string {
	const networkLines = networkIds.map((id) => {
		const flags = Object.entries(networks[id].knobs).map(
			([name, knob]) => `\n      --${flagName(name)}  ${knobRange(knob)} (${knob.default})`
		);
		return `  ${id}${flags.join('')}`;
	});
	return [
		'npm run cost -- NETWORK [--knob value]… [--json | --as-graph]',
		'npm run cost -- --graph file.json [--json | --as-graph]',
		'npm run cost -- --model FILE [--input 224x224x3] [--json | --as-graph]',
		'npm run cost -- --model FILE --compare FILE2 [--input 224x224x3] [--json]',
		'',
		...networkLines
	].join('\n');
}

await answerWith(
	() => main(process.argv.slice(2)),
	(error) =>
		[UsageError, UnknownNetworkError, KnobError, GraphError, FormatError, WeightsError].some(
			(kind) => error instanceof kind
		)
);
