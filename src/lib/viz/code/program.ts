import { blockBoundary, type GraphTensor, type ResolvedGraph, type ResolvedNode } from '$lib/nets';
import { sharesWeights } from '$lib/nets/analyses/cost';
import { Unwritten } from './framework';

/** A node as a line of a program: the variables that it reads and sets. */
export interface NodeLine {
	readonly kind: 'node';
	readonly node: ResolvedNode;
	/** The node's name within its unit. */
	readonly name: string;
	readonly reads: readonly string[];
	readonly sets: readonly string[];
}

/** A unit that is applied, or several alike one after the other. */
export interface CallLine {
	readonly kind: 'call';
	readonly unit: Unit;
	readonly count: number;
	/** Path of the block around it: `stage1`. */
	readonly around: string;
	readonly reads: string;
	readonly sets: string;
}

/** A part of a network that a program writes once and applies as often as it stands there. */
export interface Unit {
	/** Path of the first block that it stands for: `stage1/unit2`. */
	readonly path: string;
	readonly input: GraphTensor;
	readonly output: GraphTensor;
	readonly lines: readonly NodeLine[];
	/** Variable of its output. */
	readonly gives: string;
}

/** A network as a program: its units, then the lines of the whole. Variables are named alike in every language. */
export interface Program {
	readonly units: readonly Unit[];
	readonly lines: readonly (NodeLine | CallLine)[];
	/** Variables of its inputs, in order. */
	readonly takes: readonly string[];
	/** Variables of its outputs, the one that it is run for first. */
	readonly gives: readonly string[];
}

/** Orders a network's nodes into units that are written once, however often they stand in it. */
export function programOf(net: ResolvedGraph): Program {
	const units = new Map<string, Unit>();
	const unitOfPath = new Map<string, Unit>();
	const owners = weightOwners(net);
	const sharing = new Set([...owners.keys(), ...owners.values()]);
	for (const path of unitPaths(net)) {
		const { nodes, inputs, outputs } = blockBoundary(net, path);
		if (inputs.length !== 1 || outputs.length !== 1) continue;
		// A unit is made anew wherever it stands: layers that share weights are written one by one.
		if (nodes.some(({ id }) => sharing.has(id))) continue;
		const key = signature(nodes, inputs[0]!);
		const known = units.get(key) ?? makeUnit(nodes, inputs[0]!, outputs[0]!, path);
		units.set(key, known);
		unitOfPath.set(path, known);
	}
	return { units: [...units.values()], ...mainLines(net, unitOfPath) };
}

/** For each node that uses the weights of another, that one, by their ids. */
export const weightOwners = (net: ResolvedGraph): ReadonlyMap<string, string> =>
	new Map(net.nodes.flatMap((node) => (sharesWeights(net, node) ? [[node.id, node.node.sharesWith!]] : [])));

/** The layers that several nodes of a network use: each is made once, and found again by the others. */
export class SharedLayers {
	readonly #owners: ReadonlyMap<string, string>;
	readonly #shared: ReadonlySet<string>;
	readonly #made = new Map<string, { readonly text: string; readonly name: string }>();

	constructor(net: ResolvedGraph) {
		this.#owners = weightOwners(net);
		this.#shared = new Set(this.#owners.values());
	}

	/** Whether a node has layers that others use, or uses those of another. */
	isPart(id: string): boolean {
		return this.#shared.has(id) || this.#owners.has(id);
	}

	/**
	 * What is called to apply a layer of a node.
	 * @param make makes it, and gives its name
	 * @throws {Unwritten} where another uses its weights in another way, with other steps or borders
	 */
	of(id: string, ending: string, text: string, make: () => string): string {
		const owner = this.#owners.get(id);
		const known = owner === undefined ? undefined : this.#made.get(`${owner} ${ending}`);
		if (known && known.text !== text)
			throw new Unwritten(`${id} uses the weights of ${owner} in another way`, 'shared', id);
		const name = known?.name ?? make();
		if (this.#shared.has(id)) this.#made.set(`${id} ${ending}`, { text, name });
		return name;
	}
}

/** Outermost blocks that are more than a part of the network: units of a stage, not stages, stem and classifier. */
function unitPaths({ graph, nodes }: ResolvedGraph): string[] {
	const kinds = new Map(graph.blocks.map(({ path, kind }) => [path, kind]));
	const paths = nodes.flatMap(({ node }) => {
		const steps = node.block?.split('/') ?? [];
		const all = steps.map((_, depth) => steps.slice(0, depth + 1).join('/'));
		const unit = all.find((path) => !['stage', 'stem', 'classifier'].includes(kinds.get(path) ?? ''));
		return unit === undefined ? [] : [unit];
	});
	return [...new Set(paths)];
}

/** What two blocks must have in common to be the same unit. */
function signature(nodes: readonly ResolvedNode[], input: GraphTensor): string {
	const place = new Map<GraphTensor, string>([[input, 'input']]);
	nodes.forEach(({ outputs }, i) => outputs.forEach((output, k) => place.set(output, `${i}:${k}`)));
	const lines = nodes.map(({ op, node, inputs }) => [
		op,
		node.options,
		inputs.map((tensor) => place.get(tensor))
	]);
	return JSON.stringify([input.shape, lines]);
}

function makeUnit(
	nodes: readonly ResolvedNode[],
	input: GraphTensor,
	output: GraphTensor,
	path: string
): Unit {
	const variables = new Variables([input], [output], nodes);
	const lines = nodes.map((node) => nodeLine(node, variables, localName(node.id, path)));
	return { path, input, output, lines, gives: variables.of(output) };
}

function mainLines(
	net: ResolvedGraph,
	unitOfPath: ReadonlyMap<string, Unit>
): Pick<Program, 'lines' | 'takes' | 'gives'> {
	const pathOf = ({ node }: ResolvedNode) =>
		[...unitOfPath.keys()].find((path) => node.block === path || node.block?.startsWith(`${path}/`));
	const inputs = net.tensors.filter(({ producer }) => producer === null);
	const variables = new Variables(inputs, net.outputs, net.nodes);
	const takes = inputs.map((input) => variables.of(input));
	const lines: (NodeLine | CallLine)[] = [];
	const done = new Set<string>();
	for (const node of net.nodes) {
		const path = pathOf(node);
		if (path === undefined) {
			lines.push(nodeLine(node, variables, localName(node.id, '')));
			continue;
		}
		if (done.has(path)) continue;
		done.add(path);
		const unit = unitOfPath.get(path)!;
		const { inputs, outputs } = blockBoundary(net, path);
		const reads = variables.of(inputs[0]!);
		const sets = variables.set(outputs[0]!, inputs, outputs[0]!.producer!);
		const last = lines.at(-1);
		const around = path.split('/').slice(0, -1).join('/');
		// Alike, and the one reads what the other gives, not beside it: the same unit once more.
		const isNext = last?.kind === 'call' && last.sets === reads && reads === sets;
		if (isNext && last.unit === unit && last.around === around)
			lines[lines.length - 1] = { ...last, count: last.count + 1 };
		else lines.push({ kind: 'call', unit, count: 1, around, reads, sets });
	}
	return { lines, takes, gives: net.outputs.map((output) => variables.of(output)) };
}

function nodeLine(node: ResolvedNode, variables: Variables, name: string): NodeLine {
	const reads = node.inputs.map((tensor) => variables.of(tensor));
	const sets = node.outputs.map((tensor) => variables.set(tensor, node.inputs, node));
	return { kind: 'node', node, name, reads, sets };
}

/** A node's name without its block's, as an identifier of Python. */
function localName(id: string, path: string): string {
	const name = path !== '' && id.startsWith(`${path}/`) ? id.slice(path.length + 1) : id;
	const identifier = name.replaceAll(/[^\p{L}\p{M}\p{Nd}_]/gu, '_');
	return /^[\p{M}\p{Nd}]/u.test(identifier) ? `_${identifier}` : identifier;
}

/** Names of variables, as many as are wanted: x, then letters, then letters with numbers. */
export const variableName = (n: number): string =>
	n === 0 ? 'x' : n <= letters.length ? letters[n - 1]! : `t${n - letters.length}`;
const letters = [...'abcdefghijklmnopqrstuvw'];

/** Which variable holds which tensor: one that nobody reads any more gives its name to the next. */
class Variables {
	readonly #names = new Map<GraphTensor, string>();
	readonly #lastReader = new Map<GraphTensor, number>();

	constructor(
		inputs: readonly GraphTensor[],
		outputs: readonly GraphTensor[],
		nodes: readonly ResolvedNode[]
	) {
		for (const node of nodes) for (const tensor of node.inputs) this.#lastReader.set(tensor, node.index);
		for (const output of outputs) this.#lastReader.set(output, Infinity);
		inputs.forEach((input, i) => this.#names.set(input, variableName(i)));
	}

	of(tensor: GraphTensor): string {
		return this.#names.get(tensor)!;
	}

	/** Names what a node gives. */
	set(tensor: GraphTensor, inputs: readonly GraphTensor[], node: ResolvedNode): string {
		const taken = new Set<string>();
		for (const [other, name] of this.#names)
			if ((this.#lastReader.get(other) ?? -1) > node.index) taken.add(name);
		const own = inputs.map((input) => this.of(input)).filter((name) => !taken.has(name));
		let n = 0;
		while (taken.has(variableName(n))) n++;
		const name = own.find((known) => known === variableName(0)) ?? own[0] ?? variableName(n);
		this.#names.set(tensor, name);
		return name;
	}
}
