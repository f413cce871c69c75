import { broken } from '../format';
import type { NamedTensor } from '../tensors';
import { nameOf } from './config';
import type { WeightsOf } from './topology';

/** Weights of one layer, as far as their names say: `a/conv/kernel:0` is of `conv`, which lies in `a`. */
interface Owned {
	/** Names of the models around the layer, if the file says them, and its own. */
	readonly path: readonly string[];
	readonly tensors: NamedTensor[];
	/** Paths of the layers that they were given to. */
	readonly given: Set<string>;
}

/** Weights by layer. */
export interface LayerWeights {
	readonly of: WeightsOf;
	/**
	 * Looks, once all layers are read, whether layers of one name have got the same weights while others of this name are left over.
	 * @throws {FormatError} `broken`
	 */
	check(): void;
}

/**
 * Finds weights by the names that Keras 1 and 2 write, and TensorFlow.js: by the models that a layer lies in, as far as a name says
 * them, and by the layer's own name where that is one layer's alone.
 * @param model name of the whole model, with which names may begin
 */
export function weightsByName(file: string, model: string, tensors: readonly NamedTensor[]): LayerWeights {
	const byPath = new Map<string, Owned>();
	const byName = new Map<string, Owned[]>();
	for (const tensor of tensors) {
		const path = tensor.name.split('/').slice(0, -1);
		const key = path.join('/');
		let owned = byPath.get(key);
		if (!owned) {
			owned = { path, tensors: [], given: new Set() };
			byPath.set(key, owned);
			const alike = byName.get(path.at(-1) ?? '');
			if (alike) alike.push(owned);
			else byName.set(path.at(-1) ?? '', [owned]);
		}
		owned.tensors.push(tensor);
	}
	const unclear = (name: string) => broken(file, 'unclearWeights', { name });
	return {
		of(layer, around) {
			const own = nameOf(layer);
			const path = [model, ...around, own];
			const found = bestOf(byName.get(own) ?? [], path);
			if (found.length > 1) throw unclear(own);
			found[0]?.given.add(path.join('/'));
			return found[0]?.tensors ?? [];
		},
		check() {
			const left = [...byPath.values()].filter(({ given }) => given.size === 0);
			for (const { path, tensors, given } of byPath.values()) {
				if (given.size < 2) continue;
				const own = unnumbered(path.at(-1)!);
				const isMore =
					left.some(({ path }) => unnumbered(path.at(-1) ?? '') === own) ||
					tensors.some(({ name }) => unnumbered(name) !== name.replace(/:\d+$/, ''));
				if (isMore) throw unclear(path.at(-1)!);
			}
		}
	};
}

/** Those whose names agree with a path the most; of such, the one that says nothing else. */
function bestOf(alike: readonly Owned[], path: readonly string[]): readonly Owned[] {
	const all = alike.map((owned) => ({ owned, agreement: agreementOf(owned.path, path) }));
	const most = all.reduce((best, { agreement }) => Math.max(best, agreement), 0);
	const best = all.filter(({ agreement }) => agreement === most).map(({ owned }) => owned);
	const whole = best.find((owned) => owned.path.length === most);
	return whole ? [whole] : best;
}

/** How many names two paths have alike, from their ends on. */
function agreementOf(one: readonly string[], other: readonly string[]): number {
	let n = 0;
	while (n < one.length && n < other.length && one.at(-1 - n) === other.at(-1 - n)) n++;
	return n;
}

/** `conv_1` and `kernel_1:0` are what a name that is taken becomes. */
const unnumbered = (name: string): string => name.replace(/:\d+$/, '').replace(/_\d+$/, '');

/** Weights by the groups of an HDF5 file: each is a layer of the whole model, which may be a model itself. */
export function weightsByGroup(
	file: string,
	model: string,
	groups: ReadonlyMap<string, readonly NamedTensor[]>
): LayerWeights {
	const within = new Map<string, LayerWeights>();
	return {
		of(layer, around) {
			const [outermost] = around;
			if (outermost === undefined) return groups.get(nameOf(layer)) ?? [];
			const inner = within.get(outermost) ?? weightsByName(file, model, groups.get(outermost) ?? []);
			within.set(outermost, inner);
			return inner.of(layer, around);
		},
		check() {
			for (const inner of within.values()) inner.check();
		}
	};
}
