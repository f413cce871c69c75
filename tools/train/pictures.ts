import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Pixels a side of the pictures of CIFAR-10. */
export const pictureSize = 32;

/** A picture that a network is tested on. */
export interface TestPicture {
	/** RGB, row-major, three bytes a pixel. */
	readonly pixels: Uint8Array;
	/** Index of its class, in the alphabetical order of the classes. */
	readonly label: number;
}

/**
 * Reads the pictures `DIR/test/<class>/NNNN.jpg`, or those in `train`, classes and pictures in alphabetical order. sharp decodes by libjpeg-turbo,
 * so the pixels are those that Pillow gives to Python.
 * @param perClass reads only the first so many of each class
 * @throws Error where the folder has none, or where a picture is of another size
 */
export async function readTestPictures(
	dir: string,
	perClass = Infinity,
	part: 'test' | 'train' = 'test'
): Promise<TestPicture[]> {
	const test = join(dir, part);
	if (!existsSync(test)) throw new Error(`${test} is not there; expected a folder for each class`);
	const files = readdirSync(test)
		.sort()
		.flatMap((name, label) =>
			readdirSync(join(test, name))
				.filter((file) => file.endsWith('.jpg'))
				.sort()
				.slice(0, perClass)
				.map((file) => ({ file: join(test, name, file), label }))
		);
	if (files.length === 0) throw new Error(`${test} has no pictures; expected <class>/NNNN.jpg`);
	return Promise.all(files.map(async ({ file, label }) => ({ pixels: await decodeJpeg(file), label })));
}

async function decodeJpeg(file: string): Promise<Uint8Array> {
	const { data, info } = await sharp(file)
		.raw()
		.toBuffer({ resolveWithObject: true })
		.catch((error: Error) => {
			throw new Error(`${file}: ${error.message}`);
		});
	const { width, height, channels } = info;
	if (width !== pictureSize || height !== pictureSize || channels !== 3)
		throw new Error(`${file} is ${width}×${height}×${channels}, expected ${pictureSize}×${pictureSize}×3`);
	return new Uint8Array(data);
}
