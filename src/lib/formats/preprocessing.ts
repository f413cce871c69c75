import type { GraphNode } from '../nets';
import type { Preprocessing, Opened, OpenedModel } from './format';

/** How inputs are usually prepared, of frameworks and of families of networks; guesses, which a reader may change. */
export const preprocessings = {
	/** From -1 to 1, as most of Keras's applications and TensorFlow's networks want it. */
	symmetric: { order: 'rgb', mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5] },
	unit: { order: 'rgb', mean: [0, 0, 0], deviation: [255, 255, 255] },
	bytes: { order: 'rgb', mean: [0, 0, 0], deviation: [1, 1, 1] },
	/** BGR less ImageNet's means. */
	caffe: { order: 'bgr', mean: [104, 117, 123], deviation: [1, 1, 1] },
	/** RGB less ImageNet's means, over its deviations. */
	imagenet: { order: 'rgb', mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] }
} as const satisfies Record<string, Preprocessing>;

const guesses: ReadonlySet<Preprocessing | null> = new Set([null, ...Object.values(preprocessings)]);

/**
 * A network that begins by scaling its input wants it unscaled: from 0 to 255 where it makes it that much smaller, else from 0 to 1.
 * What a file says itself stays.
 */
export function withOwnPreprocessing(opened: Opened): Opened {
	if (opened.kind !== 'model' || !guesses.has(opened.preprocessing)) return opened;
	const gain = firstGain(opened);
	return gain === null
		? opened
		: { ...opened, preprocessing: gain < 1 / 20 ? preprocessings.bytes : preprocessings.unit };
}

/** By how much the layers that read the input scale it; `null` where they do something else with it. */
function firstGain({ graph: { inputs, nodes }, weights }: OpenedModel): number | null {
	const [input] = inputs;
	const readers = nodes.filter((node) => node.inputs.includes(input!.id));
	const [first] = readers;
	if (inputs.length !== 1 || readers.length !== 1 || !first) return null;
	return gainOf(first, weights?.[first.id]?.['gamma']?.data ?? null);
}

function gainOf({ op, options }: GraphNode, gamma: Float32Array | null): number | null {
	if (op === 'rescale') return Math.abs((options as { readonly scale?: number }).scale ?? 1);
	return op === 'scale' && gamma && gamma.length > 0
		? gamma.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
		: null;
}
