import type { Assembly, Out } from './assembly';
import { arrangementOf, type Arrangement, type View } from './view';

/** What views were arranged to, so that all that read one read the same. */
const settled = new WeakMap<View, Out>();

/** The tensor that a view is with whole axes in this order, arranged by an operator where one does; `null` where none does. */
export function settle(assembly: Assembly, view: View, order: string): Out | null {
	const known = settled.get(view);
	if (known) return known;
	const arrangement = arrangementOf(view, order);
	if (!arrangement) return null;
	const out = arranged(assembly, view.out, arrangement);
	settled.set(view, out);
	return out;
}

/**
 * The tensor that a view is where no layer reads it: a network's output, with whole axes in the first of these orders in which it has
 * them. As it lies, where it has them in none.
 */
export function settleOutput(assembly: Assembly, view: View, orders: readonly string[]): Out {
	for (const order of orders) {
		const out = settle(assembly, view, order);
		if (out) return out;
	}
	return view.out;
}

function arranged(assembly: Assembly, out: Out, arrangement: Arrangement): Out {
	// It belongs to what gave the tensor, and not to whatever happens to read it first.
	const name = out.layer?.name ?? out.input ?? '';
	const way = name.slice(0, name.lastIndexOf('/') + 1);
	switch (arrangement.kind) {
		case 'none':
			return out;
		case 'shuffle':
			return assembly.add('channelShuffle', `${way}shuffle`, [out], { groups: arrangement.groups }).outs[0]!;
		case 'depthToSpace': {
			const { block, blockLast } = arrangement;
			const options = { blockSize: block, ...(blockLast && { blockLast }) };
			return assembly.add('depthToSpace', `${way}depthToSpace`, [out], options).outs[0]!;
		}
		case 'spaceToDepth':
			return assembly.add('spaceToDepth', `${way}spaceToDepth`, [out], { blockSize: arrangement.block })
				.outs[0]!;
		case 'repeat': {
			const [height, width] = out.shape;
			const size = [height * arrangement.times[0], width * arrangement.times[1]] as const;
			const options = { size, coordinates: 'asymmetric', round: 'floor' };
			return assembly.add('resizeNearest', `${way}repeat`, [out], options).outs[0]!;
		}
	}
}
