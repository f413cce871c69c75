import { describe, expect, test } from 'vitest';
import { scrollAt } from '$lib/viz/tensor/follow';

const room = { seen: 400, height: 1000 };

describe('scrollAt(span, done, room)', () => {
	test('what fits is in the middle, and stays where it is', () => {
		const places = [0, 0.1, 0.5, 1].map((done) => scrollAt({ top: 300, bottom: 600 }, done, room));
		expect(places).toEqual([250, 250, 250, 250]);
	});
	test('of more, first the window is seen and in the end the output, without a jump', () => {
		const span = { top: 100, bottom: 800 };
		expect(scrollAt(span, 0.3, room)).toBe(100);
		expect(scrollAt(span, 1, room)).toBe(400);
		// At the end of one step and the beginning of the next.
		expect(scrollAt(span, 0, room)).toBe(400);
		for (let done = 0; done < 1; done += 0.01) {
			expect(Math.abs(scrollAt(span, done, room) - scrollAt(span, done + 0.01, room))).toBeLessThan(24);
		}
	});
	test('it never goes beyond the drawing', () => {
		expect(scrollAt({ top: -50, bottom: 100 }, 1, room)).toBe(0);
		expect(scrollAt({ top: 900, bottom: 1100 }, 1, room)).toBe(600);
	});
});
