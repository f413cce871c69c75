import { describe, expect, it } from 'vitest';
import { phraseAt, Reading } from '../../../../src/routes/[lang=lang]/(site)/learn/reading.svelte';

describe('phraseAt(places, line)', () => {
	const height = 20;
	const places = [
		{ top: 100, height, along: 0.1 },
		{ top: 100, height, along: 0.6 },
		{ top: 300, height, along: 0 }
	];

	it('reads a line of text from its start to its end', () => {
		expect([90, 101, 103, 111, 113, 299, 300, 999].map((line) => phraseAt(places, line))).toEqual([
			-1, -1, 0, 0, 1, 1, 2, 2
		]);
	});
});

describe('Reading', () => {
	it('shows what is read, once, and takes it back before the first phrase', () => {
		const reading = new Reading();
		expect([-1, 0, 0, 2, 1, -1, 1].map((phrase) => reading.reach(phrase))).toEqual([
			...[null, 0, null, 2, 1],
			...[-1, 1]
		]);
		expect([reading.shown, reading.reach(-1), reading.shown]).toEqual([1, -1, null]);
	});

	it('leaves the figure alone once the reader has set it, until a phrase is chosen', () => {
		const reading = new Reading();
		reading.reach(0);
		reading.hold();
		expect([reading.follows, reading.shown, reading.reach(1)]).toEqual([false, null, null]);
		reading.choose(2);
		expect([reading.follows, reading.shown]).toEqual([true, 2]);
	});

	it('takes nothing back that the reader has set', () => {
		const reading = new Reading();
		reading.reach(1);
		reading.hold();
		expect([reading.reach(-1), reading.reach(0)]).toEqual([null, null]);
	});

	it('tells what was chosen from what was read', () => {
		const reading = new Reading();
		reading.reach(0);
		expect(reading.isChosen).toBe(false);
		reading.choose(1);
		expect(reading.isChosen).toBe(true);
		reading.reach(1);
		expect(reading.isChosen).toBe(true);
		reading.reach(2);
		expect(reading.isChosen).toBe(false);
	});

	it('does not undo a choice on the way to its words', () => {
		const reading = new Reading();
		reading.reach(0);
		reading.choose(3);
		expect([1, 2, 3, 4].map((phrase) => reading.reach(phrase))).toEqual([null, null, null, 4]);
	});

	it('reads on from where the reader is when a choice has left the screen', () => {
		const reading = new Reading();
		reading.reach(2);
		reading.choose(4);
		expect(reading.reach(1)).toBeNull();
		reading.leave();
		expect(reading.reach(0)).toBe(0);
	});

	it('takes up where the reader is when it is told to follow', () => {
		const reading = new Reading();
		expect(reading.follow()).toBeNull();
		reading.reach(0);
		reading.hold();
		reading.reach(3);
		expect([reading.follow(), reading.follows, reading.shown]).toEqual([3, true, 3]);
	});
});
