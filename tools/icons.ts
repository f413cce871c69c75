/** Draws `static/icon.svg` at the sizes that devices want for a site on their home screen: `npx tsx tools/icons.ts`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = 'static/icons';

/** The share of the side that the drawing takes: devices cut a maskable icon's outer tenth away, and more of its corners. */
const icons = {
	'192.png': { size: 192, share: 1, paper: null },
	'512.png': { size: 512, share: 1, paper: null },
	'maskable.png': { size: 512, share: 0.62, paper: '#fcfcfa' },
	'apple-touch.png': { size: 180, share: 0.78, paper: '#fcfcfa' }
} as const;

mkdirSync(folder, { recursive: true });
for (const [name, { size, share, paper }] of Object.entries(icons)) {
	const side = Math.round(size * share);
	const drawing = await sharp('static/icon.svg', { density: (72 * side) / 32 })
		.resize(side, side)
		.png()
		.toBuffer();
	const background = paper ?? { r: 0, g: 0, b: 0, alpha: 0 };
	await sharp({ create: { width: size, height: size, channels: 4, background } })
		.composite([{ input: drawing }])
		.png({ palette: true, compressionLevel: 9 })
		.toFile(join(folder, name));
}
