import { pointers, select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent } from 'd3-zoom';

/** A place in the element, in CSS pixels. */
interface Place {
	readonly x: number;
	readonly y: number;
}

/** What is done to what an element shows. */
export interface ZoomTarget {
	/** Comes closer by a factor, or less close where it is below 1; what lies at the place stays there. */
	zoom(factor: number, at: Place): void;
	/** Takes what is shown along, in pixels to the right and down. */
	drag(right: number, down: number): void;
}

type Zoomed = HTMLElement | SVGSVGElement;

/** Pixels that a mouse may tremble in a click. */
const tremble = 4;

/**
 * Zooms an element by pinching and by the wheel with Ctrl or Cmd, and moves it by dragging with a mouse. The wheel alone and
 * one finger scroll the page, as everywhere. The click that ends a drag reaches nothing. Whoever shows the element keeps what
 * it shows, with limits of its own, so d3-zoom's transform only says what changed.
 */
export function zoomGestures(target: ZoomTarget) {
	return (element: Zoomed) => {
		let last = zoomIdentity;
		let isDragged = false;
		const gestures = zoom<Zoomed, unknown>()
			.filter((event: MouseEvent | TouchEvent) => {
				if ('touches' in event) return event.touches.length > 1;
				return event.type === 'wheel' ? event.ctrlKey || event.metaKey : !event.ctrlKey && event.button === 0;
			})
			.wheelDelta(({ deltaY, deltaMode }) => {
				// Lines and pages come in far smaller numbers than pixels.
				const pixels = deltaY * [1, 20, 400][deltaMode]!;
				return -Math.max(-60, Math.min(60, pixels)) / 80;
			})
			.clickDistance(tremble)
			.on('start', () => (isDragged = false))
			.on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<Zoomed, unknown>) => {
				const factor = transform.k / last.k;
				const places = pointers(sourceEvent, element);
				const along = (axis: 0 | 1, to: number, from: number) => {
					const at = places.reduce((sum, place) => sum + place[axis], 0) / places.length;
					return { at, by: (to - factor * from - at * (1 - factor)) / factor };
				};
				const [x, y] = [along(0, transform.x, last.x), along(1, transform.y, last.y)];
				const moved = Math.hypot(x.by, y.by);
				if ((sourceEvent as Event).type === 'mousemove') {
					isDragged ||= moved > tremble;
					if (!isDragged) return;
				}
				last = transform;
				// Less is but rounding.
				if (moved > 1e-3) target.drag(x.by, y.by);
				if (factor !== 1) target.zoom(factor, { x: x.at, y: y.at });
			});
		const selection = select<Zoomed, unknown>(element).call(gestures).on('dblclick.zoom', null);
		return () => selection.on('.zoom', null);
	};
}
