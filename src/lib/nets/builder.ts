import { operatorOf, type Kind, type OptionsOf, type Shape } from '../ops';
import { GraphError } from './errors';
import type { BlockKind, Graph, GraphBlock, GraphNode } from './types';

/** Reference to a tensor of the graph under construction. */
export type Ref = string;

type Conv2dOptions = OptionsOf<'conv2d'>;

/**
 * Writes a graph down line by line, as a paper's table does. Each call adds one node and returns the reference of its
 * output; shapes are known at once, so that a layer that does not fit is refused where it is written.
 *
 *     const net = new GraphBuilder('Two layers', [32, 32, 3]);
 *     const x = net.relu('relu1', net.conv2d('conv1', net.input, { outChannels: 8, kernelSize: 3 }));
 *     return net.build(x);
 */
export class GraphBuilder {
	readonly input: Ref = 'input';
	readonly #name: string;
	readonly #inputShape: Shape;
	readonly #nodes: GraphNode[] = [];
	readonly #shapes = new Map<Ref, Shape>();
	readonly #blocks: GraphBlock[] = [];
	#path = '';

	constructor(name: string, inputShape: Shape) {
		this.#name = name;
		this.#inputShape = inputShape;
		this.#shapes.set(this.input, inputShape);
	}

	/**
	 * Runs `body` inside a block; blocks nest, and the path of the inner one starts with that of the outer. One without a kind
	 * is only a group.
	 */
	block<T>(name: string, kind: BlockKind | null, body: (path: string) => T): T {
		const outer = this.#path;
		this.#path = outer === '' ? name : `${outer}/${name}`;
		if (kind !== null) this.#blocks.push({ path: this.#path, kind });
		try {
			return body(this.#path);
		} finally {
			this.#path = outer;
		}
	}

	shape(ref: Ref): Shape {
		const shape = this.#shapes.get(ref);
		if (!shape)
			throw new GraphError('unknownInput', `there is no tensor ${ref} yet`, { input: ref, nearest: '' });
		return shape;
	}

	channels(ref: Ref): number {
		return this.shape(ref)[2];
	}

	/**
	 * Adds a node.
	 * @throws {GraphError} naming the node, when its operator refuses the inputs or options.
	 */
	op<K extends Kind>(op: K, id: string, inputs: Ref | readonly Ref[], options: OptionsOf<K>): Ref {
		const refs = typeof inputs === 'string' ? [inputs] : inputs;
		const shapes = refs.map((ref) => this.shape(ref));
		const outputs = geometryOf(id, op, shapes, options).outputs;
		const block = this.#path === '' ? {} : { block: this.#path };
		this.#nodes.push({ id, op, options, inputs: refs, ...block } as GraphNode);
		outputs.forEach((shape, k) => this.#shapes.set(outputs.length === 1 ? id : `${id}:${k}`, shape));
		return id;
	}

	conv2d(id: string, x: Ref, options: Conv2dOptions): Ref {
		return this.op('conv2d', id, x, options);
	}

	/** Convolution of each channel by itself: `groups` is the number of input channels. */
	depthwiseConv2d(
		id: string,
		x: Ref,
		{
			channelMultiplier = 1,
			...options
		}: Omit<Conv2dOptions, 'outChannels' | 'groups'> & { channelMultiplier?: number }
	): Ref {
		const groups = this.channels(x);
		return this.op('conv2d', id, x, { outChannels: groups * channelMultiplier, groups, ...options });
	}

	dense(id: string, x: Ref, options: OptionsOf<'dense'>): Ref {
		return this.op('dense', id, x, options);
	}

	batchNorm(id: string, x: Ref, options: OptionsOf<'batchNorm'> = {}): Ref {
		return this.op('batchNorm', id, x, options);
	}

	relu(id: string, x: Ref): Ref {
		return this.op('relu', id, x, {});
	}

	maxPool(id: string, x: Ref, options: OptionsOf<'maxPool'>): Ref {
		return this.op('maxPool', id, x, options);
	}

	avgPool(id: string, x: Ref, options: OptionsOf<'avgPool'>): Ref {
		return this.op('avgPool', id, x, options);
	}

	globalAvgPool(id: string, x: Ref): Ref {
		return this.op('globalAvgPool', id, x, {});
	}

	add(id: string, inputs: readonly Ref[]): Ref {
		return this.op('add', id, inputs, {});
	}

	concat(id: string, inputs: readonly Ref[]): Ref {
		return this.op('concat', id, inputs, {});
	}

	/** Dropout where the rate is above 0; at inference it changes nothing, and trainers read it. */
	dropout(id: string, x: Ref, rate: number): Ref {
		return rate > 0 ? this.op('dropout', id, x, { rate }) : x;
	}

	softmax(id: string, x: Ref): Ref {
		return this.op('softmax', id, x, {});
	}

	build(output: Ref): Graph {
		return {
			name: this.#name,
			inputs: [{ id: this.input, shape: this.#inputShape }],
			nodes: this.#nodes,
			output,
			blocks: this.#blocks
		};
	}
}

/**
 * Resolves one operator, and gives its error the name of the node.
 * @throws {GraphError} with code `op` and the operator's own error as its cause.
 */
export function geometryOf(id: string, op: Kind, inputs: readonly Shape[], options: object) {
	try {
		return operatorOf(op).geometry(inputs, options);
	} catch (error) {
		if (error instanceof Error) throw new GraphError('op', error.message, { op }, id, error);
		throw error;
	}
}
