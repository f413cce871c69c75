/**
 * Makes the sample pictures of CIFAR-10's ten classes, from Microsoft's Fluent Emoji (MIT) on plain backgrounds:
 *
 *     npm pack @lobehub/fluent-emoji-3d@1.1.0 && tar xf lobehub-fluent-emoji-3d-1.1.0.tgz
 *     npx tsx tools/samples.ts package/assets
 *
 * The package is 16 MB, so it is not a dependency; what comes of it is in static/pictures.
 */
import { join } from 'node:path';
import sharp from 'sharp';

type Colour = readonly [red: number, green: number, blue: number];
const sky: readonly [Colour, Colour] = [
	[120, 170, 220],
	[200, 225, 245]
];
const road: typeof sky = [
	[170, 190, 205],
	[120, 120, 120]
];
const sea: typeof sky = [
	[150, 190, 220],
	[50, 100, 140]
];
const grass: typeof sky = [
	[150, 190, 120],
	[95, 140, 70]
];
const woods: typeof sky = [
	[90, 120, 70],
	[70, 80, 45]
];
const room: typeof sky = [
	[215, 200, 180],
	[160, 130, 105]
];
const paper: typeof sky = [
	[245, 245, 245],
	[225, 225, 225]
];

/** Emoji by the code points in its file's name, and what it stands before. */
const pictures = {
	airplane: ['2708-fe0f', sky],
	automobile: ['1f698', paper],
	bird: ['1f99c', woods],
	cat: ['1f431', woods],
	deer: ['1f98c', grass],
	dog: ['1f436', room],
	frog: ['1f438', paper],
	horse: ['1f40e', woods],
	ship: ['1f6a2', sea],
	truck: ['1f69b', road]
} as const;

const size = 192;
const emojiSize = Math.round(0.85 * size);
const [, , assets] = process.argv;
if (!assets) throw new Error('name the folder of the emoji');

for (const [name, [code, [top, bottom]]] of Object.entries(pictures)) {
	const background = Buffer.alloc(size * size * 3, 0).map((_, i) => {
		const [row, channel] = [Math.floor(i / 3 / size), i % 3];
		return Math.round(top[channel]! + ((bottom[channel]! - top[channel]!) * row) / (size - 1));
	});
	const emoji = await sharp(join(assets, `${code}.webp`))
		.resize(emojiSize, emojiSize)
		.toBuffer();
	await sharp(background, { raw: { width: size, height: size, channels: 3 } })
		.composite([{ input: emoji }])
		.webp({ quality: 88 })
		.toFile(`static/pictures/${name}.webp`);
}
