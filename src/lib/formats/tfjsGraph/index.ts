import { graphLimits } from '../../nets';
import { isByValue, type Shape } from '../../ops';
import { Assembly } from '../assembly';
import { broken, inputSizes, type Note, type OpenedModel, type ReadOptions } from '../format';
import { preprocessings } from '../preprocessing';
import { settleOutput } from '../settle';
import { countOf, type NamedTensor } from '../tensors';
import { shapeOfView, viewOf } from '../view';
import { Call, countUses, type Value } from './call';
import { constantOf, folded, type Constant } from './constants';
import { nodeOfOutput, nodesOf, type GraphNode } from './node';
import { handlers } from './handlers';

/** What is read of a `model.json` of the format graph-model. */
export interface GraphModel {
	readonly file: string;
	readonly topology: unknown;
	/** `signature`, or what stands for it in `userDefinedMetadata`. */
	readonly signature: unknown;
	readonly producer: string;
	/** All weights; `null` where the structure came alone. */
	readonly tensors: readonly NamedTensor[] | null;
	/** Shapes of the weights, as the manifest has them. */
	readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/** The network of a TensorFlow.js graph model: TensorFlow's graph, frozen, with what the converter fused. */
export function readGraphModel(model: GraphModel, options: ReadOptions): OpenedModel {
	return new Reader(model, options).read();
}

class Reader {
	readonly #assembly: Assembly;
	readonly #values = new Map<string, readonly (Value | null)[]>();
	readonly #weights: ReadonlyMap<string, NamedTensor>;
	readonly #notes: Note[] = [];
	/** How many outputs of a node are read. */
	readonly #outputCounts = new Map<string, number>();

	constructor(
		readonly model: GraphModel,
		readonly options: ReadOptions
	) {
		this.#assembly = new Assembly(model.file);
		this.#weights = new Map(model.tensors?.map((tensor) => [tensor.name, tensor]) ?? []);
		if (!model.tensors) this.#assembly.leaveWeightsOut();
	}

	read(): OpenedModel {
		const { file, topology, producer } = this.model;
		const nodes = nodesOf(topology, file);
		const counts = new Map<string, number>();
		for (const { inputs } of nodes)
			for (const { node, output } of inputs)
				counts.set(`${node}:${output}`, (counts.get(`${node}:${output}`) ?? 0) + 1);
		const ends = this.#outputsOf(nodes, counts);
		for (const { node, output } of ends)
			counts.set(`${node}:${output}`, (counts.get(`${node}:${output}`) ?? 0) + 1);
		countUses(this.#assembly, counts);
		for (const key of counts.keys()) {
			const { node, output } = nodeOfOutput(key);
			this.#outputCounts.set(node, Math.max(this.#outputCounts.get(node) ?? 0, output + 1));
		}
		nodes.forEach((node, i) => {
			if (i % 50 === 0) this.options.progress?.(i / nodes.length);
			this.#values.set(node.name, this.#node(node));
		});
		const rows: boolean[] = [];
		const outputs = ends.flatMap(({ node, output }) => {
			const value = this.#values.get(node)?.[output];
			if (value?.kind === 'view') rows.push(value.dims.length <= 2);
			return value?.kind === 'view' ? [settleOutput(this.#assembly, value, ['nhwc'])] : [];
		});
		if (outputs.length === 0) throw broken(file, 'noOutput');
		const { graph, weights, notes } = this.#assembly.finish(file.replace(/\.\w+$/, ''), outputs);
		return {
			// TensorFlow Hub's convention for pictures: from 0 to 1.
			...{
				kind: 'model',
				format: 'TensorFlow.js',
				graph,
				weights,
				labels: null,
				preprocessing: preprocessings.unit,
				isRow: rows[0] === true
			},
			notes: [
				...(producer === '' ? [] : [{ code: 'from' as const, params: { producer } }]),
				...this.#notes,
				...notes
			]
		};
	}

	/** The outputs that the signature names; without one, what nothing reads. */
	#outputsOf(nodes: readonly GraphNode[], counts: ReadonlyMap<string, number>) {
		const named = (this.model.signature as { readonly outputs?: unknown } | null | undefined)?.outputs;
		const byName = new Set(nodes.map(({ name }) => name));
		const wanted = (
			typeof named === 'object' && named !== null
				? Object.entries(named as Record<string, { readonly name?: unknown } | null>)
				: []
		)
			.map(([key, value]) => nodeOfOutput(String(value?.name ?? key)))
			.filter(({ node }) => byName.has(node));
		if (wanted.length > 0) return wanted;
		return nodes
			.filter(({ name, op }) => op !== 'NoOp' && op !== 'Const' && !counts.has(`${name}:0`))
			.map(({ name }) => ({ node: name, output: 0 }));
	}

	#node(node: GraphNode): readonly (Value | null)[] {
		if (node.op === 'NoOp') return [];
		if (node.op === 'Const') return [this.#weight(node)];
		if (node.op === 'Placeholder') return [this.#input(node)];
		const inputs = node.inputs.map(({ node: name, output }) => this.#values.get(name)?.[output] ?? null);
		const [one] = inputs;
		if (node.op === 'Shape' && one?.kind === 'view') {
			const shape = shapeOfView(one);
			return [constantOf([shape.length], shape)];
		}
		if (inputs.length > 0 && inputs.every((value) => value?.kind === 'constant')) {
			const found = folded(node, inputs as Constant[]);
			if (found) return [found];
		}
		const call = new Call(node, inputs, this.#assembly, nameOf(node.name));
		return handlers[node.op]?.(call) ?? this.#opaque(node, inputs);
	}

	#weight({ name }: GraphNode): Constant {
		const tensor = this.#weights.get(name);
		if (tensor) return constantOf(tensor.shape, tensor.data);
		const shape = this.model.shapes.get(name);
		if (!shape) throw broken(this.model.file, 'notInManifest', { name });
		return constantOf(shape, null);
	}

	#input(node: GraphNode): Value {
		const dims = node.shape();
		if (!dims || dims.length === 0 || dims.length > 4)
			throw broken(this.model.file, 'inputShape', { name: node.name });
		const [tall, wide] = inputSizes(this.options.size);
		if (dims.length === 4 && (dims[1] === null || dims[2] === null))
			this.#notes.push({ code: 'openSize', params: { value: tall } });
		const [c = 3, w = wide, h = tall] = dims.toReversed().map((n) => n ?? undefined);
		const shape: Shape =
			dims.length === 4 ? [h, w, c] : dims.length === 3 ? [1, w, c] : [1, 1, dims.at(-1) ?? 1];
		const order = dims.length === 4 ? 'nhwc' : dims.length === 3 ? 'nwc' : dims.length === 2 ? 'nc' : 'c';
		return viewOf(this.#assembly.input(node.name, shape), order);
	}

	/** What cannot be computed: its shapes as the file states them, or those of what it reads. */
	#opaque(node: GraphNode, inputs: readonly (Value | null)[]): readonly (Value | null)[] {
		const views = inputs.flatMap((value) => (value?.kind === 'view' ? [value] : []));
		if (views.length === 0) return [null];
		const parameters = inputs.reduce((sum, value, i) => {
			const { node: name } = node.inputs[i]!;
			const isWeight = value?.kind === 'constant' && value.dims.length > 1 && this.model.shapes.has(name);
			return sum + (isWeight ? countOf((value as Constant).dims) : 0);
		}, 0);
		const stated = node
			.outputShapes()
			.map((dims) => dims?.map((n, axis) => n ?? (axis === 0 ? 1 : null)) ?? null);
		const count = Math.max(1, stated.length, this.#outputCounts.get(node.name) ?? 0);
		const shapes = Array.from({ length: count }, (_, i) => {
			const dims = stated[i];
			return dims?.every((n) => n !== null) ? (dims as number[]) : shapeOfView(views[0]!);
		});
		const isStated = shapes.every((_, i) => stated[i]?.every((n) => n !== null));
		// `Mean` and its kind reduce here, and are by value in other formats.
		const keeps = isByValue(node.op) && !/^(Mean|Sum|Max|Min)$/.test(node.op);
		const layer = this.#assembly.opaque(
			nameOf(node.name),
			views.map(({ out }) => out),
			{ type: node.op, shapes: shapes.map((dims) => shapeOf(dims, views[0]!.out.shape)), parameters },
			isStated ? 'stated' : keeps ? 'follows' : 'guessed'
		);
		return layer.outs.map((out, i) => viewOf(out, orderOf(shapes[i]!)));
	}
}

/** Height, width and channels of a shape of any rank; a row longer than a picture has channels is drawn as what it is made of. */
function shapeOf(dims: readonly number[], read: Shape): Shape {
	const [c = 1, w = 1, ...others] = dims.toReversed();
	if (c > graphLimits.channels) return read;
	return [countOf(others), w, c].map((n) => Math.max(1, n)) as unknown as Shape;
}

const orderOf = (dims: readonly number[]): string =>
	dims.length >= 4 ? 'nhwc' : dims.length === 3 ? 'nwc' : dims.length === 2 ? 'nc' : 'c';

/** The way to a layer, without what TensorFlow puts before every one. */
const nameOf = (name: string): string =>
	name.replace(
		/^(?:StatefulPartitionedCall(?:_\d+)?\/)?(?:(?:model|functional|sequential)(?:_\d+)?\/(?=.))*/,
		''
	) || name;
