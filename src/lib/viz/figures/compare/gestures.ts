/** A place in the element, in CSS pixels. */
interface Place {
	readonly x: number;
	readonly y: number;
}

/** What a pointer, a wheel or two fingers do to a plane. */
export interface PlaneGestures {
	/** Ctrl and wheel, or two fingers apart: `factor` above 1 comes closer, `at` stays where it is. */
	zoom(factor: number, at: Place): void;
	/** Drag: pixels to the right and down. */
	drag(right: number, down: number): void;
	/** The pointer is here, with no button down. */
	point(at: Place): void;
	leave(): void;
	/** A click or tap that was no drag. */
	tap(at: Place): void;
}

/** Pixels that a pointer may tremble in a click. */
const tremble = 4;

/**
 * Attaches gestures to an element. One finger goes on scrolling the page, and so does the wheel without Ctrl: neither is
 * taken from the reader.
 */
export function planeGestures(gestures: PlaneGestures) {
	return (element: SVGElement | HTMLElement) => {
		let start: Place | null = null;
		let last: Place | null = null;
		let isDrag = false;
		let fingers: { readonly gap: number; readonly middle: Place } | null = null;

		const place = ({ clientX, clientY }: { clientX: number; clientY: number }): Place => {
			const { left, top } = element.getBoundingClientRect();
			return { x: clientX - left, y: clientY - top };
		};
		const twoFingers = ({ touches }: TouchEvent) => {
			const [a, b] = [touches[0], touches[1]];
			if (!a || !b) return null;
			const [p, q] = [place(a), place(b)];
			return { gap: Math.hypot(p.x - q.x, p.y - q.y), middle: { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 } };
		};

		const down = (event: PointerEvent) => {
			if (event.button !== 0) return;
			start = last = place(event);
			isDrag = false;
		};
		const move = (event: PointerEvent) => {
			const at = place(event);
			if (event.pointerType === 'touch') return;
			if (!start || !last) return gestures.point(at);
			isDrag ||= Math.hypot(at.x - start.x, at.y - start.y) > tremble;
			if (!isDrag) return;
			element.setPointerCapture(event.pointerId);
			gestures.drag(at.x - last.x, at.y - last.y);
			last = at;
		};
		const up = (event: PointerEvent) => {
			if (start && !isDrag && !fingers) gestures.tap(place(event));
			start = last = null;
		};
		const cancel = () => {
			start = last = null;
		};
		const wheel = (event: WheelEvent) => {
			if (!event.ctrlKey && !event.metaKey) return;
			event.preventDefault();
			// Lines and pages come in far smaller numbers than pixels.
			const pixels = event.deltaY * [1, 20, 400][event.deltaMode]!;
			gestures.zoom(Math.exp(-Math.max(-60, Math.min(60, pixels)) / 120), place(event));
		};
		const touch = (event: TouchEvent) => {
			const now = twoFingers(event);
			if (now) event.preventDefault();
			if (now && fingers) {
				gestures.drag(now.middle.x - fingers.middle.x, now.middle.y - fingers.middle.y);
				gestures.zoom(now.gap / Math.max(1, fingers.gap), now.middle);
			}
			fingers = now;
		};
		const leave = () => gestures.leave();

		const listeners: [string, EventListener, AddEventListenerOptions?][] = [
			['pointerdown', down as EventListener],
			['pointermove', move as EventListener],
			['pointerup', up as EventListener],
			['pointercancel', cancel],
			['pointerleave', leave],
			['wheel', wheel as EventListener, { passive: false }],
			['touchstart', touch as EventListener, { passive: false }],
			['touchmove', touch as EventListener, { passive: false }],
			['touchend', touch as EventListener, { passive: false }],
			['touchcancel', touch as EventListener, { passive: false }]
		];
		for (const [type, listener, options] of listeners) element.addEventListener(type, listener, options);
		return () => {
			for (const [type, listener, options] of listeners) element.removeEventListener(type, listener, options);
		};
	};
}
