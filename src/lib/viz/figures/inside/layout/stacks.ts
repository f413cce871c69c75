import { type GraphTensor, type LayerKind, layerKind, type ResolvedGraph } from '$lib/nets';

/** Tensors that follow each other in a network, drawn as one stack of maps: what the last of them hands on. */
export interface Stack {
	readonly index: number;
	/** The tensor whose maps stand for all. */
	readonly shown: GraphTensor;
	/** In the order of the network; `shown` is the last. */
	readonly tensors: readonly GraphTensor[];
	/** Its block, as far as it is told apart by one; else the shown tensor's name. Where several have it, which of them it is. */
	readonly name: string;
}

/** Stacks that there is room for. */
const most = 20;

/** What changes values one by one joins what it changes. */
const quiet: readonly LayerKind[] = ['norm', 'activation', 'dropout'];
const joins = ({ producer }: GraphTensor) => producer !== null && quiet.includes(layerKind(producer));

/**
 * A network as stacks, one for each block, as many as there is room for: innermost blocks where those are few enough, else outermost,
 * else several of these together.
 */
export function stacksOf({ tensors }: ResolvedGraph, room = most): readonly Stack[] {
	const innermost = grouped(tensors, (path) => path);
	let groups = innermost.length <= room ? innermost : grouped(tensors, (path) => path.split('/')[0]!);
	const inputs = groups.filter(([first]) => first!.producer === null);
	const rest = groups.slice(inputs.length);
	const times = Math.ceil(rest.length / Math.max(1, room - inputs.length));
	if (times > 1) {
		const merged = Array.from({ length: Math.ceil(rest.length / times) }, (_, i) =>
			rest.slice(i * times, (i + 1) * times).flat()
		);
		groups = [...inputs, ...merged];
	}
	const stacks = groups.map((group, index) => {
		const shown = group.at(-1)!;
		const block = shown.producer?.node.block;
		return { index, shown, tensors: group, name: block?.split('/').slice(-2).join('/') ?? shown.ref };
	});
	return stacks.map((stack) => {
		const same = stacks.filter(({ name }) => name === stack.name);
		const part = `${same.indexOf(stack) + 1}/${same.length}`;
		return same.length === 1 ? stack : { ...stack, name: `${stack.name} ${part}` };
	});
}

/** The stack that a tensor lies in. */
export function stackOf(stacks: readonly Stack[], tensor: GraphTensor): Stack {
	return stacks.find(({ shown }) => shown.index >= tensor.index) ?? stacks.at(-1)!;
}

function grouped(tensors: readonly GraphTensor[], keyOf: (path: string) => string): GraphTensor[][] {
	const groups: GraphTensor[][] = [];
	let before: string | null = null;
	for (const tensor of tensors) {
		const path = tensor.producer?.node.block;
		const key = path === undefined ? null : keyOf(path);
		const last = groups.at(-1);
		const goesOn =
			last &&
			last[0]!.producer !== null &&
			(key === null ? before === null && joins(tensor) : key === before);
		if (goesOn) last.push(tensor);
		else groups.push([tensor]);
		before = key;
	}
	return groups;
}
