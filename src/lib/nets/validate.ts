import { isKind, operators, type Shape } from '../ops';
import { GraphError, asking, nearestWord, quote } from './errors';
import { graphLimits, type Graph, type GraphNode } from './types';

/** Letters and digits of any script, with the marks that stand on them. */
const ID = /^[\p{L}\p{M}\p{N}_.-]+(\/[\p{L}\p{M}\p{N}_.-]+)*$/u;

/**
 * Checks what can be checked without shapes: the number of nodes, ids, kinds of operators, blocks.
 * @throws {GraphError}
 */
export function checkNames(graph: Graph): void {
	const count = graph.nodes.length + graph.inputs.length;
	if (graph.nodes.length === 0) throw new GraphError('empty', 'a graph needs at least one node');
	if (count > graphLimits.nodes) {
		const max = graphLimits.nodes;
		throw new GraphError('tooManyNodes', `${count} nodes are too many; at most ${max}`, { count, max });
	}
	const edges = graph.nodes.reduce((sum, { inputs }) => sum + inputs.length, 0);
	if (edges > graphLimits.edges) {
		const max = graphLimits.edges;
		throw new GraphError('tooManyEdges', `${edges} inputs of nodes are too many; at most ${max}`, {
			count: edges,
			max
		});
	}
	const ids = new Set<string>();
	for (const { id } of [...graph.inputs, ...graph.nodes]) {
		checkName(id);
		if (ids.has(id)) {
			throw new GraphError('duplicateId', 'the id is taken twice; each node needs its own', { id }, id);
		}
		ids.add(id);
	}
	for (const { id, op } of graph.nodes) checkKind(op, id);
	checkBlocks(graph);
}

/** @throws {GraphError} with the nearest kind, where there is no operator of this one. */
export function checkKind(op: string, id: string): void {
	if (isKind(op)) return;
	const nearest = nearestWord(op, Object.keys(operators));
	throw new GraphError(
		'unknownOp',
		`there is no operator ${quote(op)}${asking(nearest)}`,
		{ op, nearest },
		id
	);
}

/** @throws {GraphError} for a tensor that is larger than a page can take. */
export function checkSize(ref: string, [height, width, channels]: Shape): void {
	checkMost('tooManyChannels', ref, 'channels', channels, graphLimits.channels);
	checkMost('tooLarge', ref, 'height', height, graphLimits.side);
	checkMost('tooLarge', ref, 'width', width, graphLimits.side);
}

/**
 * Checks sizes in options before an operator resolves them, since it may list what it resolves.
 * @throws {GraphError}
 */
export function checkOptions(node: GraphNode): void {
	const options: Readonly<Record<string, unknown>> = { ...node.options };
	if (node.op === 'split')
		checkMost('tooLarge', node.id, 'outputs', numbersIn(options['sizes']).length, graphLimits.outputs);
	for (const name of ['kernelSize', 'stride', 'dilation', 'padding'] as const) {
		for (const size of numbersIn(options[name]))
			checkMost('tooLarge', node.id, name, size, graphLimits.window);
	}
	for (const name of ['outChannels', 'groups', 'depthRadius', 'sizes'] as const) {
		for (const size of numbersIn(options[name])) {
			checkMost('tooManyChannels', node.id, name, size, graphLimits.channels);
		}
	}
}

/**
 * Output positions that a transposed convolution would have at most.
 * @throws {GraphError} where a side of it is too long.
 */
export function transposedPositions({ id, options }: GraphNode, [input]: readonly Shape[]): number {
	const option = (name: string) => Math.max(1, ...numbersIn((options as Record<string, unknown>)[name]));
	const [height, width] = [0, 1].map((axis) => {
		const reach = (option('kernelSize') - 1) * option('dilation');
		return ((input?.[axis] ?? 1) - 1) * option('stride') + reach + 1;
	}) as [number, number];
	checkMost('tooLarge', id, 'height', height, graphLimits.side);
	checkMost('tooLarge', id, 'width', width, graphLimits.side);
	return height * width;
}

export function checkMost(
	code: 'tooManyChannels' | 'tooLarge',
	id: string,
	what: string,
	value: number,
	max: number
): void {
	if (!(value > max)) return;
	throw new GraphError(code, `${what} = ${value} is too large; at most ${max}`, { what, value, max }, id);
}

/** The numbers that an option holds: itself, in a list, or by name. */
function numbersIn(option: unknown): number[] {
	if (typeof option === 'number') return [option];
	if (typeof option !== 'object' || option === null) return [];
	return Object.values(option).filter((value) => typeof value === 'number');
}

function checkName(id: string): void {
	if (id.length <= graphLimits.nameLength && ID.test(id)) return;
	const message = `${quote(id)} cannot be an id or a block; use letters, digits, _, -, . and / between them, at most ${graphLimits.nameLength}`;
	throw new GraphError('id', message, { id: id.slice(0, 60) });
}

function checkBlocks(graph: Graph): void {
	const used = new Set<string>();
	for (const { block } of graph.nodes) {
		if (block === undefined || used.has(block)) continue;
		checkName(block);
		const steps = block.split('/');
		if (steps.length > graphLimits.depth) {
			const max = graphLimits.depth;
			const message = `the block ${quote(block)} lies ${steps.length} deep; at most ${max}`;
			throw new GraphError('tooDeep', message, { path: block.slice(0, 60), count: steps.length, max });
		}
		steps.forEach((_, depth) => used.add(steps.slice(0, depth + 1).join('/')));
	}
	if (used.size > graphLimits.blocks) {
		const [count, max] = [used.size, graphLimits.blocks];
		throw new GraphError('tooManyBlocks', `${count} blocks are too many; at most ${max}`, { count, max });
	}
	const described = new Set<string>();
	for (const { path } of graph.blocks) {
		if (!used.has(path))
			throw new GraphError('unusedBlock', `no node stands in the block ${quote(path)}`, { path });
		if (described.has(path)) {
			throw new GraphError('duplicateId', `the block ${quote(path)} is described twice`, { id: path });
		}
		described.add(path);
	}
}
