import { expect, it } from 'vitest';
import { bandPath, linkPath } from '$lib/viz/plot/links';

it('linkPath leaves and arrives along the way that data runs', () => {
	const [from, to] = [
		{ x: 0, y: 1 },
		{ x: 10, y: 21 }
	];
	expect(linkPath(from, to, 'row')).toBe('M0,1C5,1,5,21,10,21');
	expect(linkPath(from, to, 'column')).toBe('M0,1C0,11,10,11,10,21');
});

it('bandPath goes from edge to edge and comes back', () => {
	expect(bandPath([0, 1, 3], [10, 4, 8], 'row')).toBe('M0,3C5,3,5,8,10,8L10,4C5,4,5,1,0,1Z');
	expect(bandPath([0, 1, 3], [10, 4, 8], 'column')).toBe('M3,0C3,5,8,5,8,10L4,10C4,5,1,5,1,0Z');
});
