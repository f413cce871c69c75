import { save } from './save';
import { standaloneSvg } from './svg';
import { canvasPainter } from './styles';

export { save };

/** Formats in which a figure can be saved. */
export const formats = ['svg', 'png'] as const;
export type Format = (typeof formats)[number];

/** Pixels of a PNG for one of the page's. */
const density = 2;

/** Saves the picture as it is now as a file of this name (without its ending). Rejects where the browser cannot. */
export async function savePicture(
	svg: SVGSVGElement,
	format: Format,
	name: string,
	tell?: (share: number) => void
): Promise<void> {
	save(await pictureBlob(svg, format, tell), `${name}.${format}`);
}

/** A picture that no browser makes pixels of. */
export class PictureTooLarge extends Error {
	override readonly name = 'PictureTooLarge';
	constructor(
		readonly width: number,
		readonly height: number
	) {
		super(`${width} × ${height} pixels are more than a canvas holds`);
	}
}

/** Most pixels a side, and in all, of a canvas. Sources: Chromium's and Firefox's limits of a side, Safari's of an area. */
const mostPixels = { side: 16_384, all: 16_384 * 4096 };

/** The picture as it is now: an SVG that stands alone, or a PNG of twice the size on screen. */
export async function pictureBlob(
	svg: SVGSVGElement,
	format: Format,
	tell?: (share: number) => void
): Promise<Blob> {
	if (format === 'png') checkPixels(svg);
	const { text, width, height } = await standaloneSvg(svg, canvasPainter(), tell);
	const file = new Blob([text], { type: 'image/svg+xml' });
	return format === 'svg' ? file : toPng(file, width * density, height * density);
}

/** @throws {PictureTooLarge} before anything is drawn for it */
export function checkPixels(svg: SVGSVGElement): void {
	const { width, height } = svg.getBoundingClientRect();
	const [w, h] = [Math.ceil(width * density), Math.ceil(height * density)];
	if (Math.max(w, h) > mostPixels.side || w * h > mostPixels.all) throw new PictureTooLarge(w, h);
}

async function toPng(svg: Blob, width: number, height: number): Promise<Blob> {
	const address = URL.createObjectURL(svg);
	try {
		const image = new Image();
		image.src = address;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(width);
		canvas.height = Math.round(height);
		canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
		return await new Promise((resolve, reject) => {
			canvas.toBlob(
				(png) => (png ? resolve(png) : reject(new Error('the picture is too large'))),
				'image/png'
			);
		});
	} finally {
		URL.revokeObjectURL(address);
	}
}
