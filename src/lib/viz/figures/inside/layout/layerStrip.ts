import type { Shape } from '$lib/ops';

/** A tensor as a bar: as high as its maps, in proportion, and as wide as there is room. */
export interface StripBar {
	readonly ref: string;
	readonly x: number;
	readonly width: number;
	readonly height: number;
}

/** A network as bars beside each other, from the picture to the classes, and where its blocks begin. */
export interface Strip {
	readonly bars: readonly StripBar[];
	readonly blocks: readonly { readonly path: string; readonly x: number; readonly width: number }[];
}

interface Layer {
	readonly ref: string;
	readonly shape: Shape;
	/** Outermost block that it stands in; `null` outside of all. */
	readonly block: string | null;
}

/** Maps of a single value are still seen. */
const lowest = 4;
const blockGap = 3;

/** Lays a network's tensors out in a room. */
export function layoutStrip(layers: readonly Layer[], width: number, height: number): Strip {
	const tallest = Math.max(1, ...layers.map(({ shape }) => shape[0]));
	const breaks = layers.filter(({ block }, i) => i > 0 && block !== layers[i - 1]!.block).length;
	const pitch = Math.max(1, width - breaks * blockGap) / Math.max(1, layers.length);
	const bars: StripBar[] = [];
	const blocks: { path: string; x: number; width: number }[] = [];
	let x = 0;
	let before: string | null | undefined;
	for (const { ref, shape, block } of layers) {
		if (before !== undefined && block !== before) x += blockGap;
		if (block !== null && block !== before) blocks.push({ path: block, x, width: 0 });
		const last = blocks.at(-1);
		if (last && block !== null) last.width = x + pitch - last.x;
		before = block;
		const share = shape[0] / tallest;
		bars.push({ ref, x, width: pitch, height: lowest + share * (height - lowest) });
		x += pitch;
	}
	return { bars, blocks };
}
