import { describe, expect, it } from 'vitest';
import { pictureAt } from '$lib/viz/figures/threads/layout/pictureAt';
import { glideKeys, placeAt, story } from '$lib/viz/figures/threads/layout/motion';
import { Threads } from '$lib/viz/figures/threads/threads.svelte';

/** Lets time pass in frames, until nothing moves; the places it went through. */
function run(threads: Threads): number[] {
	const places: number[] = [];
	while (threads.isMoving && places.length < 2000) {
		threads.advance(16);
		places.push(threads.picture.t);
	}
	return places;
}

describe('the story', () => {
	it('plays once, and ends at the shuffle', () => {
		const threads = new Threads();
		threads.play();
		expect(threads.isPlaying).toBe(true);
		const places = run(threads);
		expect(threads.isPlaying).toBe(false);
		expect(places.at(-1)).toBe(5);
		expect(places).toEqual(places.toSorted((a, b) => a - b));
	});
	it('has the separable layer within ten seconds, long enough to be read, and the shuffle after it', () => {
		const at = (place: number) => story.filter(([, there]) => there === place).map(([seconds]) => seconds);
		const [first = NaN, last = NaN] = at(3);
		expect(last).toBeLessThan(10);
		expect(last - first).toBeGreaterThan(1.5);
		expect(at(5)[0]).toBeGreaterThan(last);
	});
	it('is no slower than 1.6 seconds from a stop to any other', () => {
		expect(glideKeys(0, 5).at(-1)![0]).toBeLessThanOrEqual(1.6);
		expect(placeAt(glideKeys(1, 3), 99, 'glide')).toEqual({ place: 3, isDone: true });
	});
	it('stops wherever it is, and is not the reader’s until he moves the handle', () => {
		const threads = new Threads();
		threads.play();
		threads.advance(4000);
		const { t } = threads.picture;
		expect(t).toBeGreaterThan(0);
		threads.stop();
		threads.advance(4000);
		expect(threads.picture.t).toBe(t);
		expect(threads.isOwn).toBe(false);
		expect(threads.search).toBe('');
	});
});

describe('the handle', () => {
	it('goes from stop to stop by keys, over those of two groups, and interrupts itself', () => {
		const threads = new Threads();
		threads.step(1);
		run(threads);
		expect(threads.way).toMatchObject({ id: 'group', groups: 2 });
		threads.step(1);
		threads.advance(50);
		threads.step(1);
		run(threads);
		expect(threads.way).toMatchObject({ id: 'group', groups: 8 });
		threads.step(-1);
		run(threads);
		expect(threads.way).toMatchObject({ id: 'group', groups: 4 });
		threads.glideTo(5);
		run(threads);
		threads.step(1);
		run(threads);
		expect(threads.picture.t).toBe(5);
	});
	it('is caught by a stop that is near, and by no other', () => {
		const threads = new Threads();
		threads.goTo(2.98);
		expect(threads.picture.t).toBe(3);
		threads.goTo(2.6);
		expect(threads.picture.t).toBe(2.6);
		threads.nudge(1);
		expect(threads.picture.t).toBeCloseTo(2.64);
	});
	it('where motion is unwanted, goes from stop to stop at once, and never rests between two', () => {
		const threads = new Threads({ isStill: () => true });
		threads.goTo(2.6);
		expect(threads.picture.t).toBe(3);
		threads.step(1);
		expect(threads.isMoving).toBe(false);
		expect(threads.picture.t).toBe(4);
		threads.nudge(1);
		expect(threads.picture.t).toBe(5);
		threads.play();
		const shown = new Set(run(threads));
		expect([...shown].filter((place) => !threads.stops.includes(place))).toEqual([]);
		expect(shown.size).toBeGreaterThan(4);
	});
});

describe('its address', () => {
	it('holds what a reader has set, and opens it', () => {
		const threads = new Threads();
		threads.count(512);
		threads.goTo(3);
		expect(threads.search).toBe('?at=3&channels=512');
		const again = new Threads();
		again.read(threads.search);
		expect(again).toMatchObject({ isOwn: true, counted: 512 });
		expect(again.picture).toEqual(pictureAt(3, again.wall));
	});
	it('takes nothing that it cannot be', () => {
		const threads = new Threads();
		threads.read('?at=9&channels=33');
		expect(threads).toMatchObject({ isOwn: false, counted: 32, search: '' });
	});
});

describe('what is lit', () => {
	it('walks through outputs and inputs, and stops at the last', () => {
		const threads = new Threads();
		threads.walk('output', 1);
		expect(threads.lit).toEqual({ output: 0 });
		threads.walk('output', -1);
		expect(threads.lit).toEqual({ output: 0 });
		threads.walk('input', -1);
		expect(threads.lit).toEqual({ output: 0, input: 31 });
		threads.light(null);
		expect(threads.lit).toBe(null);
	});
});

describe('what words say', () => {
	it('moves the handle there, and leaves what they do not name', () => {
		const threads = new Threads();
		threads.read('?at=1&channels=512');
		threads.readPhrase('?at=3');
		expect(threads.isMoving).toBe(true);
		run(threads);
		expect(threads.picture.t).toBe(3);
		expect(threads.counted).toBe(512);
		threads.readPhrase('?channels=32');
		expect([threads.picture.t, threads.counted, threads.isMoving]).toEqual([3, 32, false]);
	});
});
