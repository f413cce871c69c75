import type { StepPath } from '$lib/nets/blocks';

/** A path as an attribute of an element holds it. */
export const pathText = (path: StepPath) => path.join('.');
const pathOf = (text: string): StepPath => text.split('.').map(Number);

/**
 * A step that is taken from one place to another by hand. Places are the elements with `data-slot`, of which the nearest to the
 * pointer is meant.
 */
export class StepDrag {
	/** The step that is held. */
	from: StepPath | null = $state.raw(null);
	/** The place, as text, where it would go. */
	slot: string | null = $state(null);

	constructor(
		readonly root: () => HTMLElement | undefined,
		readonly drop: (from: StepPath, to: StepPath) => void
	) {}

	/** Begins with the pointer on a handle. */
	start(event: PointerEvent, path: StepPath): void {
		if (event.button !== 0) return;
		event.preventDefault();
		const handle = event.currentTarget as HTMLElement;
		handle.setPointerCapture(event.pointerId);
		this.from = path;
		const move = (at: PointerEvent) => (this.slot = this.#nearest(at.clientX, at.clientY));
		const end = (at: PointerEvent) => {
			handle.removeEventListener('pointermove', move);
			handle.removeEventListener('pointerup', end);
			handle.removeEventListener('pointercancel', end);
			const { from, slot } = this;
			this.from = null;
			this.slot = null;
			if (at.type === 'pointerup' && from && slot !== null) this.drop(from, pathOf(slot));
		};
		handle.addEventListener('pointermove', move);
		handle.addEventListener('pointerup', end);
		handle.addEventListener('pointercancel', end);
	}

	#nearest(x: number, y: number): string | null {
		const own = this.from ? `${pathText(this.from)}.` : null;
		let best: string | null = null;
		let least = 60;
		for (const element of this.root()?.querySelectorAll<HTMLElement>('[data-slot]') ?? []) {
			const slot = element.dataset['slot']!;
			if (own !== null && slot.startsWith(own)) continue;
			const box = element.getBoundingClientRect();
			const beside = Math.max(box.left - x, 0, x - box.right);
			const away = Math.hypot(beside, (box.top + box.bottom) / 2 - y);
			if (away < least) [best, least] = [slot, away];
		}
		return best;
	}
}
