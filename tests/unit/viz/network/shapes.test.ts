import { describe, expect, it } from 'vitest';
import { networks, resolveGraph } from '$lib/nets';
import { shapeLabel } from '$lib/viz/figures/network/layout/card';
import { silhouette } from '$lib/viz/figures/network/layout/silhouette';
import { tensorEdges, tensorShape } from '$lib/viz/figures/network/layout/tensorShape';
import { wiringPaths } from '$lib/viz/figures/network/layout/wiring';

const count = (path: string, letter: string) => path.split(letter).length - 1;

describe('tensorShape', () => {
	it('is twice as long for four times as many', () => {
		const small = tensorShape([14, 14, 64]);
		const large = tensorShape([56, 56, 256]);
		expect(large.width / small.width).toBeCloseTo(2, 1);
		expect(large.shiftX / small.shiftX).toBeCloseTo(2, 1);
	});

	it('shows each channel where these are few, and never more than there are', () => {
		expect(count(tensorEdges(tensorShape([28, 28, 1]), 1, 0, 0), 'M')).toBe(1);
		expect(count(tensorEdges(tensorShape([28, 28, 1000]), 1000, 0, 0), 'M')).toBeLessThan(12);
	});
});

describe('shapeLabel', () => {
	it('says of a guess that it is one', () => {
		expect(shapeLabel({ shape: [7, 7, 512], isGuess: true })).toBe('7×7×512?');
		expect(shapeLabel({ shape: [1, 1, 5], isGuess: true })).toBe('5?');
	});

	it('writes a vector as its length', () => {
		expect(shapeLabel({ shape: [7, 7, 512], isGuess: false })).toBe('7×7×512');
		expect(shapeLabel({ shape: [1, 1, 1000], isGuess: false })).toBe('1000');
	});
});

describe('wiringPaths', () => {
	const position = { x: 0, y: 0, width: 60, height: 16 };

	it('ties every line to every other, or within its group, or to none', () => {
		expect(count(wiringPaths({ kind: 'full' }, position).lines, 'M')).toBe(16);
		expect(count(wiringPaths({ kind: 'channels' }, position).lines, 'M')).toBe(6);
		const grouped = wiringPaths({ kind: 'groups', groups: 3 }, position);
		expect(count(grouped.lines, 'M')).toBe(12);
		expect(count(grouped.strips, 'z')).toBe(3);
	});

	it('shuffles as the operator does: the second line of two groups goes to the third place', () => {
		const ends = wiringPaths({ kind: 'shuffle', groups: 2 }, position)
			.lines.split('M')
			.slice(1)
			.map((line) => line.split('L').map((point) => Number(point.split(' ')[1])));
		expect(ends).toEqual([
			[2, 2],
			[6, 10],
			[10, 6],
			[14, 14]
		]);
	});
});

describe('silhouette', () => {
	it('has a bar for each size on the way', () => {
		// 224, 112, 56, 28, 14, 7, 1.
		expect(count(silhouette(resolveGraph(networks.mobilenet.build())).path, 'z')).toBe(7);
	});
});
