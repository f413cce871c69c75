import { describe, expect, it } from 'vitest';
import {
	cropPicture,
	cropSquare,
	greyAt,
	normalize,
	pictureInput,
	preprocessings
} from '../../../src/lib/engine/picture';

describe('normalize', () => {
	const rgb = Uint8Array.of(0, 255, 128, 104, 117, 123);
	it.each([
		['symmetric', [-1, 1, 0.5 / 127.5, -23.5 / 127.5, -10.5 / 127.5, -4.5 / 127.5]],
		['caffe', [24, 138, -123, 19, 0, -19]],
		[
			'imagenet',
			[-123.675 / 58.395, 138.72 / 57.12, 24.47 / 57.375, -19.675 / 58.395, 0.72 / 57.12, 19.47 / 57.375]
		]
	] as const)('%s gives each channel in its order, less its mean, over its deviation', (name, expected) => {
		normalize(rgb, preprocessings[name]).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
	});
});

describe('cropSquare', () => {
	/** A picture whose pixel (x, y) has these values. */
	const paint = (width: number, height: number, pixel: (x: number, y: number) => readonly number[]) => ({
		width,
		height,
		data: Uint8Array.from(
			Array.from({ length: width * height }, (_, i) => pixel(i % width, Math.floor(i / width))).flat()
		)
	});

	it('of a picture of the right size is its pixels', () => {
		const picture = paint(4, 4, (x, y) => [x * 10, y * 10, x + y, 255]);
		expect([...cropSquare(picture, 4, 1)]).toEqual(
			Array.from({ length: 16 }, (_, i) => [
				(i % 4) * 10,
				Math.floor(i / 4) * 10,
				(i % 4) + Math.floor(i / 4)
			]).flat()
		);
	});

	it('takes the middle of the long side, lying or standing', () => {
		const middle = [9, 9, 9, 255];
		const side = [200, 0, 0, 255];
		const lying = paint(12, 4, (x) => (x >= 4 && x < 8 ? middle : side));
		const standing = paint(4, 12, (_, y) => (y >= 4 && y < 8 ? middle : side));
		for (const picture of [lying, standing]) expect(new Set(cropSquare(picture, 4, 1))).toEqual(new Set([9]));
	});

	it('leaves out the edge, an eighth of the short side in all', () => {
		const picture = paint(16, 16, (x, y) =>
			Math.min(x, y) < 1 || Math.max(x, y) > 14 ? [255, 0, 0, 255] : [7, 7, 7, 255]
		);
		expect(new Set(cropSquare(picture, 14))).toEqual(new Set([7]));
	});

	it('averages what becomes smaller, and blends what becomes larger', () => {
		const stripes = paint(64, 64, (x) => (x % 2 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
		for (const value of cropSquare(stripes, 8, 1)) expect(Math.abs(value - 127.5)).toBeLessThan(6);
		const halves = paint(2, 2, (x) => (x ? [100, 100, 100, 255] : [0, 0, 0, 255]));
		expect([...cropSquare(halves, 4, 1)].filter((_, i) => i % 3 === 0).slice(0, 4)).toEqual([0, 25, 75, 100]);
	});

	it('puts transparent pixels on white', () => {
		expect([
			...cropSquare(
				paint(1, 1, () => [0, 0, 0, 0]),
				1,
				1
			)
		]).toEqual([255, 255, 255]);
		expect([
			...cropSquare(
				paint(1, 1, () => [0, 100, 200, 51]),
				1,
				1
			)
		]).toEqual([204, 224, 244]);
	});
});

describe('cropPicture', () => {
	const picture = {
		...{ width: 8, height: 8 },
		data: Uint8ClampedArray.from({ length: 8 * 8 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) % 251))
	};

	it('cuts the middle rows out of the square for a network that is wider than high', () => {
		const square = cropPicture(picture, 8, 8, 1);
		expect([...cropPicture(picture, 4, 8, 1)]).toEqual([...square.slice(2 * 8 * 3, 6 * 8 * 3)]);
	});

	it('is what a grey network gets, as brightness', () => {
		const rgb = cropPicture(picture, 4, 8, 1);
		const values = pictureInput(picture, [4, 8, 1], preprocessings.bytes, 1);
		expect(values.length).toBe(32);
		values.forEach((value, i) => expect(value).toBeCloseTo(greyAt(rgb, i), 3));
	});
});
