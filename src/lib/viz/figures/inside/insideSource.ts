import type { ResolvedGraph } from '$lib/nets';
import type { Shape } from '$lib/ops';

/** Values of a tensor of a network, `[height, width, channels]`, row-major. */
export interface Activation {
	readonly shape: Shape;
	readonly data: Float32Array;
}

/**
 * A network that has seen a picture, for who looks inside: plain data, whoever computes it. Another picture or other
 * weights are another source; one source's answers do not change, and may be kept.
 */
export interface InsideSource {
	readonly network: ResolvedGraph;
	/** What the network saw: RGBA pixels, as high and wide as its input. */
	readonly picture: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };
	/** The order in which the network's input has the picture's colours. */
	readonly channelOrder: 'rgb' | 'bgr';
	/** Whether the weights are trained; with seeded random ones nothing is claimed of classes. */
	readonly trained: boolean;
	/** Whether it is computed on integers: then what each layer gives is rounded, and so are its weights. */
	readonly isOnIntegers: boolean;
	/** Names of the classes, where they are known. */
	readonly labels: readonly string[] | null;
	/**
	 * A tensor for this picture, by its reference in the graph (an input's id too). Calls of the same turn belong together,
	 * and one run may answer all.
	 */
	activation(ref: string): Promise<Activation>;
	/** A weight as its file has it, before batch norm is folded: `weight('conv1', 'kernel')`. */
	weight(
		node: string,
		name: string
	): Promise<{ readonly shape: readonly number[]; readonly data: Float32Array }>;
}
