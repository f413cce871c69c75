import {
	sizeOf,
	type AvgPoolGeometry,
	type BatchNormGeometry,
	type Conv2dGeometry,
	type DenseGeometry,
	type Kind,
	type PoolGeometry
} from '../ops';
import type { ResolvedNode } from '../nets';
import { normBackward, normForward, normInfer } from './kernels/batchNorm';
import { convBackward, convForward } from './kernels/conv';
import { average, maxBackward, maxForward } from './kernels/pool';

/** Values of a tensor for a whole batch, and the gradient of the loss by each; `null` for the pictures, which nothing learns. */
export interface Held {
	readonly values: Float64Array;
	readonly gradient: Float64Array | null;
	readonly channels: number;
}

/** A weight that is learned, or statistics that follow the batches. */
export interface Weight {
	readonly values: Float64Array;
	readonly gradient: Float64Array;
}

/** What a layer is made of: its node, its tensors, its weights by name. */
export interface Binding {
	readonly node: ResolvedNode;
	readonly inputs: readonly Held[];
	readonly outputs: readonly Held[];
	/** Pictures at a time. */
	readonly batch: number;
	readonly weight: (name: string) => Weight;
}

/** A node of the graph, forward and backward, over arrays that it was bound to. */
export interface Layer {
	forward(isTraining: boolean): void;
	/** Reads the gradients of the outputs, adds to those of inputs and weights. */
	backward(): void;
}

/** An operator that nothing here can lead a gradient through. */
export class UntrainableError extends Error {
	override readonly name = 'UntrainableError';
	constructor(
		readonly op: Kind,
		readonly node: string
	) {
		super(`${node}: no gradient of ${op} is known here; it takes ${Object.keys(makers).join(', ')}`);
	}
}

/** @throws {UntrainableError} */
export function bindLayer(binding: Binding): Layer {
	const make = makers[binding.node.op];
	if (!make) throw new UntrainableError(binding.node.op, binding.node.id);
	return make(binding);
}

/** The first input and output, which all have. */
const ends = ({ inputs, outputs }: Binding) => ({ x: inputs[0]!, y: outputs[0]! });
/** The gradient of what a layer gives: only the pictures have none, and no layer gives those. */
const given = ({ gradient }: Held) => gradient!;

/** Channels that are moved about, as the operator says. */
function moved({ node, inputs, outputs }: Binding): Layer {
	const routes = outputs.flatMap((y, tensor) =>
		Array.from({ length: y.channels }, (_, channel) => {
			const [from] = node.operator.channelsRead(node.geometry, { tensor, channel });
			return { x: inputs[from!.tensor]!, start: from!.start, y, channel };
		})
	);
	return {
		forward() {
			for (const { x, start, y, channel } of routes) {
				const { values: from, channels } = x;
				const { values: to } = y;
				for (let i = start, o = channel; o < to.length; i += channels, o += y.channels) to[o] = from[i]!;
			}
		},
		backward() {
			for (const { x, start, y, channel } of routes) {
				const { gradient: to, channels } = x;
				if (!to) continue;
				const from = given(y);
				for (let i = start, o = channel; o < from.length; i += channels, o += y.channels) to[i]! += from[o]!;
			}
		}
	};
}

const makers: Partial<Record<Kind, (binding: Binding) => Layer>> = {
	conv2d(binding) {
		const { x, y } = ends(binding);
		const g = binding.node.geometry as Conv2dGeometry;
		const kernel = binding.weight('kernel');
		const bias = g.bias ? binding.weight('bias') : null;
		return {
			forward: () => convForward(x.values, kernel.values, bias?.values ?? null, y.values, binding.batch, g),
			backward: () =>
				convBackward(
					...([
						x.values,
						kernel.values,
						given(y),
						x.gradient,
						kernel.gradient,
						bias?.gradient ?? null
					] as const),
					...([binding.batch, g] as const)
				)
		};
	},

	batchNorm(binding) {
		const { x, y } = ends(binding);
		const { scale, center, epsilon } = binding.node.geometry as BatchNormGeometry;
		const gamma = scale ? binding.weight('gamma') : null;
		const beta = center ? binding.weight('beta') : null;
		const moving = { mean: binding.weight('mean').values, variance: binding.weight('variance').values };
		const cache = { normalized: new Float64Array(x.values.length), inverse: new Float64Array(x.channels) };
		const [scales, shifts] = [gamma?.values ?? null, beta?.values ?? null];
		return {
			forward(isTraining) {
				if (isTraining) normForward(x.values, scales, shifts, y.values, cache, moving, epsilon);
				else normInfer(x.values, scales, shifts, y.values, moving, epsilon);
			},
			backward() {
				if (!x.gradient) return;
				normBackward(scales, given(y), x.gradient, gamma?.gradient ?? null, beta?.gradient ?? null, cache);
			}
		};
	},

	relu(binding) {
		const { x, y } = ends(binding);
		return {
			forward() {
				for (let i = 0; i < y.values.length; i++) y.values[i] = x.values[i]! > 0 ? x.values[i]! : 0;
			},
			backward() {
				const { gradient } = x;
				if (!gradient) return;
				const grad = given(y);
				for (let i = 0; i < grad.length; i++) if (y.values[i]! > 0) gradient[i]! += grad[i]!;
			}
		};
	},

	channelShuffle: moved,
	split: moved,
	concat: moved,

	add({ inputs, outputs }) {
		const y = outputs[0]!;
		return {
			forward() {
				y.values.fill(0);
				for (const { values } of inputs) for (let i = 0; i < values.length; i++) y.values[i]! += values[i]!;
			},
			backward() {
				for (const { gradient } of inputs) {
					if (gradient) for (let i = 0; i < gradient.length; i++) gradient[i]! += given(y)[i]!;
				}
			}
		};
	},

	maxPool(binding) {
		const { x, y } = ends(binding);
		const g = binding.node.geometry as PoolGeometry;
		const chosen = new Int32Array(y.values.length);
		return {
			forward: () => maxForward(x.values, y.values, chosen, binding.batch, g),
			backward() {
				if (x.gradient) maxBackward(given(y), x.gradient, chosen);
			}
		};
	},

	avgPool(binding) {
		const { x, y } = ends(binding);
		const g = binding.node.geometry as AvgPoolGeometry;
		return {
			forward: () => average(x.values, y.values, binding.batch, g, false),
			backward() {
				if (x.gradient) average(x.gradient, given(y), binding.batch, g, true);
			}
		};
	},

	globalAvgPool(binding) {
		const { x, y } = ends(binding);
		const { channels } = x;
		const places = x.values.length / y.values.length;
		const each = (visit: (from: number, to: number) => void) => {
			for (let n = 0; n < binding.batch; n++) {
				for (let place = 0; place < places; place++) visit((n * places + place) * channels, n * channels);
			}
		};
		return {
			forward() {
				y.values.fill(0);
				each((from, to) => {
					for (let c = 0; c < channels; c++) y.values[to + c]! += x.values[from + c]! / places;
				});
			},
			backward() {
				const { gradient } = x;
				if (!gradient) return;
				each((from, to) => {
					for (let c = 0; c < channels; c++) gradient[from + c]! += given(y)[to + c]! / places;
				});
			}
		};
	},

	dense(binding) {
		const { x, y } = ends(binding);
		const g = binding.node.geometry as DenseGeometry;
		const kernel = binding.weight('kernel');
		const bias = g.bias ? binding.weight('bias') : null;
		const outs = g.outChannels;
		const taps = sizeOf(g.inputs[0]);
		return {
			forward() {
				for (let n = 0; n < binding.batch; n++) {
					for (let o = 0; o < outs; o++) {
						let sum = bias?.values[o] ?? 0;
						for (let i = 0; i < taps; i++) sum += x.values[n * taps + i]! * kernel.values[i * outs + o]!;
						y.values[n * outs + o] = sum;
					}
				}
			},
			backward() {
				for (let n = 0; n < binding.batch; n++) {
					for (let o = 0; o < outs; o++) {
						const grad = given(y)[n * outs + o]!;
						if (bias) bias.gradient[o]! += grad;
						for (let i = 0; i < taps; i++) {
							kernel.gradient[i * outs + o]! += x.values[n * taps + i]! * grad;
							if (x.gradient) x.gradient[n * taps + i]! += kernel.values[i * outs + o]! * grad;
						}
					}
				}
			}
		};
	}
};
