import { resolveGraph, type ResolvedGraph } from './resolve';
import type { Graph } from './types';

/**
 * The part of a network that can be computed: all that stands behind an opaque operator is left out, and what such an operator reads
 * becomes an output. The network itself where it has none; `null` where nothing of it can be computed.
 */
export function computablePart(resolved: ResolvedGraph): ResolvedGraph | null {
	if (!resolved.nodes.some(({ op }) => op === 'opaque')) return resolved;
	const known = new Set<string>();
	for (const node of resolved.nodes) {
		const reads = node.inputs.every(({ producer }) => producer === null || known.has(producer.id));
		if (reads && node.op !== 'opaque') known.add(node.id);
	}
	const isKnown = (id: string | undefined) => id !== undefined && known.has(id);
	const ends = resolved.nodes.flatMap(({ id, inputs }) =>
		isKnown(id) ? [] : inputs.filter(({ producer }) => isKnown(producer?.id))
	);
	const outputs = [
		...new Set([...resolved.outputs.filter(({ producer }) => isKnown(producer?.id)), ...ends])
	].map(({ ref }) => ref);
	if (outputs.length === 0) return null;
	const needed = new Set<string>();
	const open = outputs.map((ref) => resolved.byRef.get(ref)!.producer!);
	for (let node = open.pop(); node; node = open.pop()) {
		if (needed.has(node.id)) continue;
		needed.add(node.id);
		open.push(...node.inputs.flatMap(({ producer }) => producer ?? []));
	}
	const nodes = resolved.graph.nodes.filter(({ id }) => needed.has(id));
	const read = new Set(nodes.flatMap(({ inputs }) => inputs));
	const { inputs, otherOutputs: _, ...graph } = resolved.graph;
	const paths = new Set(
		nodes.flatMap(
			({ block }) => block?.split('/').map((__, i, steps) => steps.slice(0, i + 1).join('/')) ?? []
		)
	);
	const [output, ...others] = outputs;
	return resolveGraph({
		...graph,
		nodes,
		inputs: inputs.filter(({ id }) => read.has(id)),
		output: output!,
		...(others.length > 0 && { otherOutputs: others }),
		blocks: graph.blocks.filter(({ path }) => paths.has(path))
	} satisfies Graph);
}
