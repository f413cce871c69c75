import type { Pixels } from './mapAtlas';

/** Pixels as something that a canvas can draw from, at any size. */
export function sheetOf({ width, height, data }: Pixels): HTMLCanvasElement {
	const sheet = document.createElement('canvas');
	sheet.width = width;
	sheet.height = height;
	sheet.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0);
	return sheet;
}

/** Sizes a canvas for the screen's pixels, and clears it. Drawing is in CSS pixels then. */
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
	const ratio = window.devicePixelRatio || 1;
	canvas.width = Math.max(1, Math.round(width * ratio));
	canvas.height = Math.max(1, Math.round(height * ratio));
	const pen = canvas.getContext('2d')!;
	pen.scale(ratio, ratio);
	return pen;
}
