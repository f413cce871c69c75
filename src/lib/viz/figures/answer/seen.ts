import type { GraphTensor, ResolvedGraph } from '$lib/nets';
import type { Shape } from '$lib/ops';
import type { Pixels } from '../../tensor/mapAtlas';
import { sortMaps, summarizeMaps } from '../../tensor/mapStrength';

/** Maps behind a layer. */
export interface LayerMaps {
	readonly name: string;
	readonly shape: Shape;
	readonly data: ArrayLike<number>;
}

/** A picture's way through a network, as plain data. */
export interface Seen {
	/** What the network was given. */
	readonly picture: Pixels;
	/** Maps on the way, the first ones first. */
	readonly layers: readonly LayerMaps[];
	/** What it says of each class before softmax, and the classes' names. */
	readonly logits: readonly number[];
	readonly labels: readonly string[];
}

/** Behind which layers a way is worth a look: the first activation, and the last one of every size of maps. */
export function milestones({ nodes }: ResolvedGraph): readonly GraphTensor[] {
	const maps = nodes
		.filter(({ operator }) => operator.traits.role === 'activation' && operator.traits.form === 'function')
		.flatMap(({ outputs }) => outputs)
		.filter(({ shape }) => shape[0] > 1);
	return maps.filter(
		({ shape }, i) => i === 0 || shape[0] !== maps[i + 1]?.shape[0] || shape[1] !== maps[i + 1]?.shape[1]
	);
}

/** The strongest maps of a layer, by the mean of their magnitudes, as a tensor of their own. */
export function strongest(
	{ shape, data }: LayerMaps,
	count: number
): LayerMaps & { readonly data: Float64Array } {
	const [height, width, channels] = shape;
	const chosen = sortMaps(summarizeMaps({ shape, data }), 'strength').slice(0, count);
	const found = new Float64Array(height * width * chosen.length);
	for (let at = 0; at < height * width; at++)
		chosen.forEach((channel, i) => {
			found[at * chosen.length + i] = data[at * channels + channel]!;
		});
	return { name: '', shape: [height, width, chosen.length], data: found };
}
