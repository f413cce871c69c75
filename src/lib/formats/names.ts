import { graphLimits } from '../nets';

/**
 * Where a layer stands by its name, outermost first: `/features/features.1/conv/conv.0/Conv` is `features, 1, conv, 0, Conv`, as
 * PyTorch's exporter repeats the way to a child of a `Sequential`; `block_1_expand` is `block_1, expand`.
 */
export function pathOfName(name: string): readonly string[] {
	const parts = name
		.slice(-2000)
		.replace(/:\d+$/, '')
		.split('/')
		.filter((part) => part !== '');
	const steps: string[] = [];
	let before = '';
	for (const part of parts) {
		const own = before !== '' && part.startsWith(`${before}.`) ? part.slice(before.length + 1) : part;
		before = part;
		steps.push(
			...own
				.split('.')
				.map(cleaned)
				.filter((step) => step !== '')
		);
	}
	const [only = 'layer'] = steps;
	if (steps.length > 1) return steps;
	const [, block, rest] =
		/^(.*?(?:block|stage|layer|expanded_conv|inception|mixed|stack)_?\d+[a-z]?)_(.+)$/i.exec(only) ?? [];
	return block !== undefined && rest !== undefined ? [block, rest] : [only];
}

/** Letters and digits of any script stay; all else becomes `_`. */
const cleaned = (step: string): string =>
	step
		.normalize('NFC')
		.replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '_')
		.replaceAll(/^_+(?=[\p{L}\p{M}\p{N}_])|_+$/gu, '');

/** Names of the operators that exporters put behind the way to a layer. */
const operatorNames =
	/^(Conv|Gemm|MatMul|BatchNormalization|Relu|Clip|Mul|Sigmoid|Add|Conv2D|BiasAdd|FusedBatchNorm\w*)(_\d+)?$/;

/**
 * An id for each path, all different: the way to the layer alone where it is the only one there (`features.1.conv.0`), else with its
 * last step.
 * @param endInOperators whether each last step is an operator's: then the last layer of a way has the way for its name
 */
export function uniqueNames(
	paths: readonly (readonly string[])[],
	{ endInOperators = false }: { readonly endInOperators?: boolean | undefined } = {}
): string[] {
	const scopes = new Map<string, number>();
	for (const path of paths)
		for (let depth = 1; depth < path.length; depth++) {
			const scope = path.slice(0, depth).join('.');
			scopes.set(scope, (scopes.get(scope) ?? 0) + 1);
		}
	const taken = new Map<string, number>();
	const last = new Map(paths.map((path, i) => [path.slice(0, -1).join('.'), i]));
	return paths.map((path, i) => {
		const scope = path.slice(0, -1).join('.');
		const isAlone = endInOperators
			? scope !== '' && last.get(scope) === i
			: scopes.get(scope) === 1 && operatorNames.test(path.at(-1) ?? '');
		const wanted = (isAlone ? scope : path.join('.'))
			.slice(-(graphLimits.nameLength - 8))
			.replace(/^\.+/, '');
		const count = taken.get(wanted) ?? 0;
		taken.set(wanted, count + 1);
		if (count === 0) return wanted;
		let [id, n] = [`${wanted}_${count + 1}`, count + 1];
		while (taken.has(id)) id = `${wanted}_${++n}`;
		taken.set(id, 1);
		return id;
	});
}

/**
 * The block of each layer, `''` for none: the steps of its path but the last. A block with a single thing in it is left out, and so is
 * one that depends on itself, since it cannot be drawn as one box.
 * @param reads for each layer, the layers that it reads
 */
export function blocksOf(
	paths: readonly (readonly string[])[],
	reads: readonly (readonly number[])[]
): string[] {
	let blocks = paths.map((path) =>
		path
			.slice(0, -1)
			.map((step) => step.slice(0, 60))
			.slice(0, 6)
	);
	blocks = withoutLonely(blocks);
	for (let round = 0; round < 50; round++) {
		const twisted = twistedBlocks(blocks, reads);
		if (twisted.size === 0) break;
		blocks = blocks.map((steps) =>
			steps.filter((_, depth) => !twisted.has(steps.slice(0, depth + 1).join('/')))
		);
		if (round === 49) blocks = blocks.map(() => []);
	}
	return withoutLonely(blocks).map((steps) => steps.join('/').slice(0, graphLimits.nameLength));
}

/** Blocks with a single layer or block in them become part of what is around them; a block within a lone one takes its name on. */
function withoutLonely(blocks: readonly (readonly string[])[]): string[][] {
	const inside = new Map<string, Set<string>>();
	blocks.forEach((steps, layer) => {
		for (let depth = 1; depth <= steps.length; depth++) {
			const path = steps.slice(0, depth).join('/');
			const of = inside.get(path) ?? new Set<string>();
			inside.set(path, of.add(depth < steps.length ? steps[depth]! : `layer ${layer}`));
		}
	});
	return blocks.map((steps) => {
		const kept: string[] = [];
		let carried = '';
		steps.forEach((step, i) => {
			const name = carried === '' ? step : `${carried}.${step}`;
			const isLonely = inside.get(steps.slice(0, i + 1).join('/'))!.size === 1;
			carried = isLonely ? name : '';
			if (!isLonely) kept.push(name);
		});
		return kept;
	});
}

/** Blocks that lie on a cycle of the picture in which each block is one box. */
function twistedBlocks(
	blocks: readonly (readonly string[])[],
	reads: readonly (readonly number[])[]
): Set<string> {
	const deepest = Math.max(0, ...blocks.map((steps) => steps.length));
	const twisted = new Set<string>();
	for (let depth = 0; depth < deepest; depth++) {
		// What stands side by side in blocks of this depth: blocks one deeper, or layers.
		const item = blocks.map((steps, layer) =>
			steps.length > depth ? steps.slice(0, depth + 1).join('/') : `layer ${layer}`
		);
		const around = blocks.map((steps) => steps.slice(0, depth).join('/'));
		const after = new Map<string, Set<string>>();
		const open = new Map<string, number>();
		reads.forEach((before, layer) => {
			for (const from of before) {
				const [a, b] = [item[from]!, item[layer]!];
				if (a === b || around[from] !== around[layer]) continue;
				const of = after.get(a) ?? new Set<string>();
				if (!of.has(b)) open.set(b, (open.get(b) ?? 0) + 1);
				after.set(a, of.add(b));
			}
		});
		const ready = [...new Set(item)].filter((name) => !open.has(name));
		for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
			for (const next of after.get(name) ?? []) {
				const left = open.get(next)! - 1;
				open.set(next, left);
				if (left === 0) ready.push(next);
			}
		}
		for (const [name, left] of open) if (left > 0 && !name.startsWith('layer ')) twisted.add(name);
	}
	return twisted;
}
