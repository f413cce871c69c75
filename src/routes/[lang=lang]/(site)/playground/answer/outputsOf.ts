import type { ResolvedGraph } from '$lib/nets';

/** How many classes there are to name; `null` where what comes out is no row of classes. */
export function outputsOf(net: ResolvedGraph | null): number | null {
	const [height, width, channels] = net?.output.shape ?? [0, 0, 0];
	return height * width === 1 ? channels : null;
}
