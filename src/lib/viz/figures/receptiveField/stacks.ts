import { fieldWindow, type FieldWindow } from '$lib/nets/analyses/fieldWindow';
import { receptiveFields } from '$lib/nets/analyses/receptiveField';
import { GraphBuilder } from '$lib/nets/builder';
import { resolveGraph } from '$lib/nets/resolve';

/** A layer, as far as it matters to what is seen. */
export interface FieldLayer {
	readonly kind: 'convolution' | 'pooling';
	readonly kernel: number;
	readonly stride: number;
	readonly dilation: number;
}

const conv = (kernel: number, { stride = 1, dilation = 1 } = {}): FieldLayer => ({
	...{ kind: 'convolution', kernel, stride, dilation }
});
const pool: FieldLayer = { kind: 'pooling', kernel: 2, stride: 2, dilation: 1 };

/** Layers one after the other, by what they have. */
export const stacks = {
	plain: Array.from({ length: 6 }, () => conv(3)),
	pointwise: [conv(3), conv(1), conv(3), conv(1), conv(3), conv(1)],
	pooled: [conv(3), pool, conv(3), pool, conv(3), pool],
	strided: Array.from({ length: 5 }, () => conv(3, { stride: 2 })),
	dilated: [1, 2, 4, 8, 16].map((dilation) => conv(3, { dilation }))
} as const satisfies Record<string, readonly FieldLayer[]>;

export type StackName = keyof typeof stacks;
export const stackNames = Object.keys(stacks) as readonly StackName[];

/** What one value behind a layer sees of the picture, and how that comes about. */
export interface SeenBy extends FieldLayer {
	/** Its number, from one. */
	readonly layer: number;
	/** Pixels between neighbouring places of what it reads, and of what it makes. */
	readonly jumpBefore: number;
	readonly jump: number;
	/** Pixels across that are seen before it, and behind it. */
	readonly sizeBefore: number;
	readonly size: number;
	/** The part of the picture that the value in the middle of what it makes depends on. */
	readonly window: FieldWindow;
}

/** Follows layers over a picture of `side` pixels, by the analyses of the graph that they make. */
export function seenBy(layers: readonly FieldLayer[], side: number): readonly SeenBy[] {
	const net = new GraphBuilder('Stack', [side, side, 1]);
	const refs: string[] = [];
	for (const [i, { kind, kernel, stride, dilation }] of layers.entries()) {
		const from = refs[i - 1] ?? net.input;
		const id = `layer${String(i + 1)}`;
		refs.push(
			kind === 'pooling'
				? net.maxPool(id, from, { kernelSize: kernel, stride })
				: net.conv2d(id, from, {
						...{ outChannels: 1, kernelSize: kernel, stride, dilation },
						padding: (dilation * (kernel - 1)) / 2
					})
		);
	}
	const resolved = resolveGraph(net.build(refs.at(-1) ?? net.input));
	const fields = receptiveFields(resolved);
	return layers.map((layer, i) => {
		const tensor = resolved.byRef.get(refs[i]!)!;
		const before = i === 0 ? fields[0]! : fields[resolved.byRef.get(refs[i - 1]!)!.index]!;
		const field = fields[tensor.index]!;
		const middle = Math.floor(tensor.shape[0] / 2);
		return {
			...layer,
			layer: i + 1,
			...{ jumpBefore: before.y.jump, jump: field.y.jump, sizeBefore: before.y.size, size: field.y.size },
			window: fieldWindow(resolved, tensor.index, middle, middle)!
		};
	});
}
