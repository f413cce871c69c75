import { easeCubicOut } from 'd3-ease';
import type { NetworkLayout } from './layout/network';
import { motionLength, pictureBetween, stillPicture, type Picture } from './layout/picture';

/** Items beyond which the diagram jumps: the browser could not draw so many at each frame. */
const mostMoving = 260;

/** The diagram's way from what it shows to its layout, from wherever it is. Time is told from outside. */
export class DiagramMotion {
	readonly #layout: () => NetworkLayout;
	readonly #isStill: () => boolean;
	#from = $state.raw<Picture | null>(null);
	#elapsed = $state(0);

	readonly isMoving = $derived(this.#from !== null);
	readonly picture: Picture = $derived.by(() => {
		const layout = this.#layout();
		if (this.#from === null) return stillPicture(layout);
		return pictureBetween(this.#from, layout, easeCubicOut(Math.min(1, this.#elapsed / this.#length)));
	});
	/** Milliseconds that the whole way takes. */
	readonly #length = $derived.by(() => (this.#from === null ? 1 : motionLength(this.#from, this.#layout())));

	/**
	 * @param layout where it goes
	 * @param isStill whether motion is unwanted
	 */
	constructor(layout: () => NetworkLayout, isStill: () => boolean) {
		this.#layout = layout;
		this.#isStill = isStill;
	}

	/**
	 * To be called before the layout changes: the way begins at what is shown now.
	 * @param seen keys of what is in sight: the rest is gone at once
	 */
	begin(seen?: ReadonlySet<string>): void {
		const isTooMuch = this.#layout().items.length > mostMoving;
		this.#from = this.#isStill() || isTooMuch ? null : onlySeen(this.picture, seen);
		this.#elapsed = 0;
	}

	/** Lets some time pass. */
	advance(milliseconds: number): void {
		if (this.#from === null) return;
		this.#elapsed += milliseconds;
		const isDone = this.#elapsed >= this.#length || this.#layout().items.length > mostMoving;
		if (isDone) this.#from = null;
	}
}

function onlySeen(picture: Picture, seen: ReadonlySet<string> | undefined): Picture {
	if (!seen) return picture;
	const { items, boxes, edges } = picture;
	return {
		...picture,
		items: items.filter((item) => item.isGoing || seen.has(item.key)),
		boxes: boxes.filter((box) => box.isGoing || seen.has(box.key)),
		edges: edges.filter(({ key }) => seen.has(key))
	};
}
