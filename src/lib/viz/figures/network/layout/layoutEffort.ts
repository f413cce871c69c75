import type { ResolvedGraph } from '$lib/nets/resolve';

/** Sizes beyond which a network's picture is not laid out. */
export const layoutLimits = {
	/** Bends of lines: what a line that runs past others takes in each column. They set time and memory, of the picture too. */
	bends: 60_000,
	/** What {@link layoutSize} may be for a layout to be done at once, on the page's own thread: milliseconds. */
	atOnce: 4000
} as const;

/** Its lines would bend too often: no picture of it could be read either. `bends` is how often at least. */
export class LayoutError extends Error {
	override readonly name = 'LayoutError';

	constructor(readonly bends: number) {
		super(`lines bend ${bends} times; at most ${layoutLimits.bends}`);
	}
}

/** What a layout has taken so far, and how far it is. */
export class LayoutEffort {
	#bends = 0;
	#done = 0;

	/** @param report told now and then of how many bends have been placed, twice each: once found, once drawn */
	constructor(readonly report: (done: number) => void = () => {}) {}

	/** Asks for room, before it is taken. @throws {LayoutError} */
	take(bends: number): void {
		this.#bends += bends;
		if (this.#bends > layoutLimits.bends) throw new LayoutError(this.#bends);
	}

	did(bends: number): void {
		const before = this.#done;
		this.#done += bends;
		if (Math.floor(before / 2000) !== Math.floor(this.#done / 2000)) this.report(this.#done);
	}
}

/** How large a graph is to lay out: its nodes, and how many others its lines could run past, those of loose ends too. */
export function layoutSize({ nodes }: ResolvedGraph): number {
	let size = nodes.length;
	for (const { index, inputs, outputs } of nodes) {
		for (const { producer } of inputs) size += index - (producer?.index ?? -1);
		if (outputs.every(({ consumers }) => consumers.length === 0)) size += nodes.length - index;
	}
	return size;
}
