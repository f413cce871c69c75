import type { Attachment } from 'svelte/attachments';

interface Pointing<Position> {
	/** What is at a place of the picture, in CSS pixels from its upper left corner; `null` where nothing is. */
	at(x: number, y: number): Position | null;
	/** The mouse is over something, or over nothing. Touch does not hover. */
	point(position: Position | null): void;
	/** Something, or nothing, was pressed. */
	pick(position: Position | null): void;
}

/** The pointer's way into a picture, beside what its controls do by keyboard: so it needs no role and no tab stop. */
export function pointing<Position>({ at, point, pick }: Pointing<Position>): Attachment<SVGSVGElement> {
	return (svg) => {
		const positionOf = ({ clientX, clientY }: MouseEvent) => {
			const { left, top } = svg.getBoundingClientRect();
			return at(clientX - left, clientY - top);
		};
		const move = (event: PointerEvent) => {
			if (event.pointerType === 'mouse') point(positionOf(event));
		};
		const leave = () => point(null);
		const press = (event: MouseEvent) => pick(positionOf(event));
		svg.addEventListener('pointermove', move);
		svg.addEventListener('pointerleave', leave);
		svg.addEventListener('click', press);
		return () => {
			svg.removeEventListener('pointermove', move);
			svg.removeEventListener('pointerleave', leave);
			svg.removeEventListener('click', press);
		};
	};
}
