import { on } from 'svelte/events';

/** A point in the window. */
interface Center {
	readonly x: number;
	readonly y: number;
}

/**
 * Zooms an element by pinching and by the wheel with Ctrl or Cmd, and moves it by dragging with a mouse. The wheel alone and
 * one finger scroll, as everywhere.
 */
export function zoomGestures(zoom: (factor: number, center: Center) => void) {
	return (view: HTMLElement) => {
		let spread: number | null = null;
		const fingers = ({ touches }: TouchEvent) => {
			const [a, b] = [touches[0], touches[1]];
			if (!a || !b) return null;
			const center = { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 };
			return { spread: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), center };
		};
		const stops = [
			on(
				view,
				'wheel',
				(event) => {
					if (!event.ctrlKey && !event.metaKey) return;
					event.preventDefault();
					zoom(2 ** (-event.deltaY / (event.deltaMode === 1 ? 12 : 300)), {
						x: event.clientX,
						y: event.clientY
					});
				},
				{ passive: false }
			),
			on(view, 'touchstart', (event) => {
				spread = fingers(event)?.spread ?? null;
			}),
			on(
				view,
				'touchmove',
				(event) => {
					const now = fingers(event);
					if (!now || spread === null) return;
					event.preventDefault();
					zoom(now.spread / spread, now.center);
					spread = now.spread;
				},
				{ passive: false }
			),
			on(view, 'pointerdown', (event) => {
				if (event.pointerType === 'mouse' && event.button === 0) drag(view, event);
			})
		];
		return () => stops.forEach((stop) => stop());
	};
}

/** Pixels that a mouse has to move before it drags instead of clicking. */
const dragThreshold = 5;

function drag(view: HTMLElement, start: PointerEvent): void {
	const [left, top] = [view.scrollLeft, view.scrollTop];
	let isDragging = false;
	const stops = [
		on(window, 'pointermove', (event) => {
			const [dx, dy] = [event.clientX - start.clientX, event.clientY - start.clientY];
			isDragging ||= Math.hypot(dx, dy) > dragThreshold;
			if (!isDragging) return;
			view.scrollLeft = left - dx;
			view.scrollTop = top - dy;
		}),
		on(window, 'pointerup', end),
		on(window, 'pointercancel', end)
	];
	function end() {
		stops.forEach((stop) => stop());
		if (!isDragging) return;
		// The click that ends a drag is not meant for what lies under it.
		const swallow = (event: Event) => event.stopPropagation();
		view.addEventListener('click', swallow, { capture: true, once: true });
		setTimeout(() => view.removeEventListener('click', swallow, { capture: true }));
	}
}
