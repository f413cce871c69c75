import { readdirSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { dimensionsOf } from '../../../src/lib/running/picture/dimensions';
import { endsEarly } from '../../../src/lib/running/picture/pixelData';
import { isCutOff } from '../../../src/lib/running/picture/wholeness';

/** A picture that compresses as photographs do, or one of a single colour. */
function pictureOf(width: number, height: number, isFlat = false): Sharp {
	let seed = width * 7919 + height;
	const noise = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
	const value = (i: number) =>
		isFlat ? 90 : 128 + 90 * Math.sin(i / 700) + 40 * Math.cos((i % (3 * width)) / 23) * noise();
	const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => value(i));
	return sharp(data, { raw: { width, height, channels: 3 } });
}

const writers: Readonly<Record<string, (of: Sharp) => Sharp>> = {
	'a baseline JPEG': (of) => of.jpeg({ quality: 80 }),
	'a baseline JPEG without subsampling': (of) => of.jpeg({ chromaSubsampling: '4:4:4' }),
	'a baseline JPEG in grey': (of) => of.toColourspace('b-w').jpeg(),
	'a JPEG with tables of its own': (of) => of.jpeg({ optimiseCoding: true, quality: 95 }),
	'a progressive JPEG': (of) => of.jpeg({ progressive: true }),
	'a progressive JPEG of mozjpeg': (of) => of.jpeg({ mozjpeg: true }),
	'a lossy WebP': (of) => of.webp({ quality: 80 }),
	'a lossless WebP': (of) => of.webp({ lossless: true }),
	'a PNG': (of) => of.png({ compressionLevel: 1 }),
	'a GIF': (of) => of.gif(),
	'an AVIF': (of) => of.avif({ effort: 0 })
};

describe.each(Object.entries(writers))('%s', (name, write) => {
	const sizes = [
		[1, 1],
		[17, 9],
		[64, 64],
		[201, 133]
	] as const;
	it('is whole as it is written, of any size, of one colour, and with bytes behind it', async () => {
		for (const [width, height] of sizes)
			for (const isFlat of [false, true]) {
				const file = await write(pictureOf(width, height, isFlat)).toBuffer();
				for (const bytes of [file, Buffer.concat([file, Buffer.alloc(300)])]) {
					expect(isCutOff(bytes), `${width}×${height}`).toBe(false);
					expect(await endsEarly(bytes), `${width}×${height}`).toBe(false);
				}
			}
	});

	if (!/JPEG/.test(name)) return;
	it('is found to end early with an end put behind any part of it', async () => {
		const file = await write(pictureOf(201, 133)).toBuffer();
		const data = file.indexOf(Buffer.from([0xff, 0xda]));
		for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
			const half = file.subarray(0, data + Math.round(share * (file.length - data)));
			const ended = Buffer.concat([half, Buffer.from([0xff, 0xd9])]);
			expect(isCutOff(ended)).toBe(false);
			expect(await endsEarly(ended), String(share)).toBe(true);
		}
	});
});

it.each(['a lossy WebP', 'an AVIF'])('%s whose second half is zeros ends early', async (name) => {
	const file = await writers[name]!(pictureOf(201, 133)).toBuffer();
	const half = Buffer.from(file).fill(0, file.length >> 1);
	expect(isCutOff(half)).toBe(false);
	expect(await endsEarly(half)).toBe(true);
});

it.each(['a progressive JPEG', 'a progressive JPEG of mozjpeg'])(
	'%s ends early where any one of its passes does, whatever comes after',
	async (name) => {
		const file = await writers[name]!(pictureOf(201, 133)).toBuffer();
		const scan = Buffer.from([0xff, 0xda]);
		let passes = 0;
		for (let at = file.indexOf(scan); at >= 0; at = file.indexOf(scan, at + 2), passes++) {
			const start = at + 2 + file.readUInt16BE(at + 2);
			let end = start;
			while (file[end] !== 0xff || file[end + 1] === 0) end++;
			const cut = Buffer.concat([file.subarray(0, start + ((end - start) >> 1)), file.subarray(end)]);
			expect(await endsEarly(cut), `pass ${passes}`).toBe(true);
		}
		expect(passes).toBeGreaterThan(5);
	}
);

it('a lossless WebP that ends in zeros as it is written is whole', async () => {
	let seed = 1;
	const noise = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % 255;
	const [width, height] = [1000, 3000];
	const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i < 30_000 ? noise() : 0));
	const picture = sharp(data, { raw: { width, height, channels: 3 } });
	const file = await picture.webp({ lossless: true, effort: 0 }).toBuffer();
	expect(file.subarray(-(file.length >> 2)).every((byte) => byte === 0)).toBe(true);
	expect(await endsEarly(file)).toBe(false);
});

it('a PNG whose chunks are whole and whose stream is not ends early', async () => {
	const [width, height] = [201, 133];
	const rows = Buffer.from(
		Array.from({ length: height * (1 + width) }, (_, i) => (i % (1 + width) ? (i * i) % 251 : 0))
	);
	const stream = deflateSync(rows);
	const chunk = (name: string, data: Uint8Array) => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(data.length);
		return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = 8;
	const png = (data: Uint8Array) =>
		Buffer.concat([
			Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
			...[chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]
		]);
	const half = stream.length >> 1;
	for (const data of [
		stream.subarray(0, half),
		Buffer.from(stream).fill(0, half),
		deflateSync(rows.subarray(0, 900))
	]) {
		expect(isCutOff(png(data))).toBe(false);
		expect(await endsEarly(png(data))).toBe(true);
	}
	expect(await endsEarly(png(stream))).toBe(false);
	// A false sum takes nothing from the picture.
	expect(await endsEarly(png(Buffer.from(stream).fill(1, stream.length - 4)))).toBe(false);
});

it('a baseline JPEG whose bits begin anew after each few blocks is counted from marker to marker', async () => {
	const file = restarting(
		await pictureOf(64, 64).toColourspace('b-w').jpeg({ optimiseCoding: false }).toBuffer()
	);
	expect(await endsEarly(file)).toBe(false);
	const cut = file.indexOf(Buffer.from([0xff, 0xd3]));
	expect(await endsEarly(Buffer.concat([file.subarray(0, cut), Buffer.from([0xff, 0xd9])]))).toBe(true);
});

/** The same, of flat blocks that begin anew with each of eight rows: `sharp` writes none such. */
function restarting(like: Buffer): Buffer {
	const header = like.subarray(0, like.indexOf(Buffer.from([0xff, 0xda])));
	const scan = like.subarray(header.length, header.length + 10);
	// By the usual tables: a difference of 0 is 00, the end of a block 1010; the last bits are ones.
	const row = Buffer.from(
		Array.from({ length: 8 }, () => '001010')
			.join('')
			.match(/.{8}/g)!
			.map((bits) => parseInt(bits, 2))
	);
	const rows = Array.from({ length: 8 }, (_, i) => [...row, ...(i < 7 ? [0xff, 0xd0 + i] : [0xff, 0xd9])]);
	return Buffer.concat([header, Buffer.from([0xff, 0xdd, 0, 4, 0, 8]), scan, Buffer.from(rows.flat())]);
}

it('the site’s own pictures are whole', async () => {
	for (const name of readdirSync('static/pictures')) {
		const bytes = readFileSync(`static/pictures/${name}`);
		if (dimensionsOf(bytes)) expect(await endsEarly(bytes), name).toBe(false);
	}
});

it('a file that ends anywhere gives an answer', async () => {
	for (const write of Object.values(writers)) {
		const file = await write(pictureOf(17, 9)).toBuffer();
		for (let length = 0; length < Math.min(file.length, 900); length += 3)
			expect(typeof (await endsEarly(file.subarray(0, length)))).toBe('boolean');
	}
});
