import { weightSpecs, type ResolvedGraph } from '../nets';
import { isCounter, spellings, type Convention, type Spelling } from './match';
import { formatShape, type NamedTensor } from './tensors';

/** How it is known what belongs to a layer. */
export type FitWay =
	/** By its name. */
	| 'name'
	/** Nothing else in the file has its shapes. */
	| 'only'
	/** A batch norm: it belongs to the convolution before it, by the names of both. */
	| 'beside'
	/** Several have its shapes: it is the next in the file's order. */
	| 'order';

/** What goes into one layer. */
export interface FitRow {
	readonly layer: string;
	/** What the file calls it. */
	readonly from: string;
	/** `weight 64×3×3×3, bias 64`, as the file has them. */
	readonly shapes: string;
	readonly way: FitWay;
	/** How many in the file have these shapes. */
	readonly alike: number;
}

/** Which tensor of a file is which weight, where names do not say it all. */
export interface Fit {
	readonly rows: readonly FitRow[];
	/** Names that the tensors have to have, by those that they have. */
	readonly names: Readonly<Record<string, string>>;
}

/** A tensor as far as a fit goes. */
type Named = Pick<NamedTensor, 'name' | 'shape'>;

/** Tensors that belong together: those of one layer, by what each is. */
interface Group {
	readonly name: string;
	readonly roles: ReadonlyMap<string, Named>;
}

/** Groups of a file beyond which none is looked for: no network that is known here has so many layers. */
const mostGroups = 5000;

const conventionOf: readonly (readonly [Convention, RegExp])[] = [
	[
		'keras',
		/^(.+)\/(kernel|depthwise_kernel|pointwise_kernel|bias|gamma|beta|moving_mean|moving_variance|alpha)$/
	],
	['pytorch', /^(.+)\.(weight|bias|running_mean|running_var)$/]
];

/**
 * Fits weights whose names are another's to a network: what has its layer's name goes there, and the rest, layer by layer, in the
 * order of the file, where its shapes are the layer's. How kernels lie is told by the names of what belongs to a layer, which are those
 * of Keras or of PyTorch, and never guessed from shapes. It is for a person to look at before it is used.
 * @returns `null` where the names are of no framework, say it all, or leave a layer or a tensor over
 */
export function fitWeights(resolved: ResolvedGraph, tensors: readonly Named[]): Fit | null {
	for (const [convention, pattern] of conventionOf) {
		const groups = groupsOf(tensors, pattern);
		if (groups) return fitGroups(resolved, inOrder(groups, tensors), convention);
	}
	return null;
}

/** The tensors by layer, in the file's order; `null` where one has another kind of name. */
function groupsOf(tensors: readonly Named[], pattern: RegExp): Group[] | null {
	const groups = new Map<string, { name: string; roles: Map<string, Named> }>();
	for (const tensor of tensors) {
		const full = tensor.name.replace(/:0$/, '');
		if (isCounter(full)) continue;
		const [, name, role] = pattern.exec(full) ?? [];
		if (name === undefined || role === undefined) return null;
		// A separable layer is two here: its pointwise kernel, with the bias, comes second.
		const part = role === 'depthwise_kernel' ? `${name} ${role}` : name;
		const group = groups.get(part) ?? { name, roles: new Map<string, Named>() };
		groups.set(part, group);
		group.roles.set(role, tensor);
	}
	return groups.size > 0 && groups.size <= mostGroups ? [...groups.values()].map(withDepthwiseBias) : null;

	/** A depthwise layer's own bias stands beside its kernel, and not with a pointwise one that is not there. */
	function withDepthwiseBias(group: Group): Group {
		const rest = groups.get(group.name);
		const isAlone = group.roles.has('depthwise_kernel') && rest && !rest.roles.has('pointwise_kernel');
		if (!isAlone || rest === group) return group;
		const roles = new Map([...group.roles, ...rest.roles]);
		rest.roles.clear();
		return { name: group.name, roles };
	}
}

/** Files that are sorted by name, or by nothing, do not say in which order layers are, so that numbers in names have to: 2 before 10. */
function inOrder(groups: readonly Group[], tensors: readonly Named[]): readonly Group[] {
	const whole = groups.filter(({ roles }) => roles.size > 0);
	// Of another type, these stand before all others, in an order of their own.
	const names = tensors.map(({ name }) => name).filter((name) => !isCounter(name));
	const isSorted = names.every((name, i) => i === 0 || names[i - 1]! < name);
	if (!isSorted && !isScattered(whole)) return whole;
	const { compare } = new Intl.Collator('en', { numeric: true });
	return whole.toSorted((a, b) => compare(a.name, b.name));
}

/** Whether layers of one block lie apart, which no program writes that goes through a network. */
function isScattered(groups: readonly Group[]): boolean {
	const left = new Set<string>();
	let open: readonly string[] = [];
	for (const { name } of groups) {
		const blocks = Array.from(name.matchAll(/[./]/g), ({ index }) => name.slice(0, index));
		if (blocks.some((block) => left.has(block))) return true;
		for (const block of open) if (!blocks.includes(block)) left.add(block);
		open = blocks;
	}
	return false;
}

function fitGroups(resolved: ResolvedGraph, groups: readonly Group[], convention: Convention): Fit | null {
	const left = new Set(groups);
	const layers = weightSpecs(resolved).map(({ id, specs }) => {
		const node = resolved.byId.get(id)!;
		return { id, weights: specs.map((spec) => spellings(node, spec, convention)) };
	});
	const byName = new Map(
		layers.flatMap(({ id, weights }) => {
			const own = groups.find((group) => goesInto(group, weights, true));
			return own && left.delete(own) ? [[id, own] as const] : [];
		})
	);
	const takenBy = new Map(byName);
	const rowOf = new Map<string, FitRow>();
	const names: Record<string, string> = {};
	const take = ({ id, weights }: (typeof layers)[number], beside: Group | null): boolean => {
		const fitting = groups.filter((group) => goesInto(group, weights, false));
		const named = byName.get(id);
		const group = named ?? beside ?? fitting.find((of) => left.has(of));
		if (!group) return false;
		left.delete(group);
		takenBy.set(id, group);
		const shapes = weights.map((of) => {
			const { tensor, spelling } = placed(group, of, named !== undefined)!;
			names[tensor.name] = spelling.name;
			return `${roleOf(spelling)} ${formatShape(tensor.shape)}`;
		});
		const other = fitting.length === 1 ? 'only' : beside ? 'beside' : 'order';
		rowOf.set(id, {
			...{ layer: id, from: group.name, shapes: shapes.join(', '), alike: fitting.length },
			way: named ? 'name' : other
		});
		return true;
	};
	const isNorm = ({ id }: (typeof layers)[number]) => resolved.byId.get(id)!.op === 'batchNorm';
	for (const layer of layers) if (!isNorm(layer) && !take(layer, null)) return null;
	// Batch norms are alike by the dozen, and stand elsewhere in files than convolutions do.
	const norms = layers.filter(isNorm);
	const apart: typeof norms = [];
	for (const norm of norms) {
		const before = resolved.byId.get(norm.id)!.inputs[0].producer;
		const own = before && takenBy.get(before.id);
		const beside =
			own && normNames(own.name).flatMap((name) => groups.filter((of) => of.name === name && left.has(of)));
		const fitting = beside?.find((of) => goesInto(of, norm.weights, false));
		if (!fitting && !byName.has(norm.id)) apart.push(norm);
		else take(norm, fitting ?? null);
	}
	if (!apart.every((norm) => take(norm, null))) return null;
	const rows = layers.map(({ id }) => rowOf.get(id)!);
	const isNew = rows.some(({ way }) => way !== 'name');
	return left.size === 0 && isNew ? { rows, names } : null;
}

/** What the batch norm behind a convolution is called, by the name of that: `bn1` behind `conv1`, `1` behind `0`. */
function normNames(name: string): readonly string[] {
	const [around, last] = /^(.*[./])?([^./]+)$/.exec(name)?.slice(1) ?? [];
	if (last === undefined) return [];
	const own = /^\d+$/.test(last)
		? [String(Number(last) + 1)]
		: [last.replace(/conv/, 'bn'), last.replace(/conv/, 'norm'), `${last}_bn`, `bn_${last}`];
	return own.filter((of) => of !== last).map((of) => `${around ?? ''}${of}`);
}

/** Whether a group is what a layer takes, no more and no less. */
const goesInto = (group: Group, weights: readonly (readonly Spelling[])[], byName: boolean): boolean =>
	group.roles.size === weights.length && weights.every((of) => placed(group, of, byName) !== null);

/** The tensor of a group that is a weight, and how that is spelled. */
function placed(
	{ roles }: Group,
	weight: readonly Spelling[],
	byName: boolean
): { readonly tensor: Named; readonly spelling: Spelling } | null {
	for (const spelling of weight) {
		const tensor = roles.get(roleOf(spelling));
		if (!tensor || formatShape(tensor.shape) !== formatShape(spelling.shape)) continue;
		if (!byName || stepsOf(tensor.name) === stepsOf(spelling.name)) return { tensor, spelling };
	}
	return null;
}

/** A name without what parts its steps: an opened `block_1_expand` is a block and a layer here. */
const stepsOf = (name: string): string => name.replace(/:0$/, '').replaceAll(/[./]/g, '_');

/** What a weight is, by the end of its name. */
const roleOf = ({ name }: Spelling): string => /[^/.]+$/.exec(name)![0];
