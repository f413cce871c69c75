import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as carrying from '$lib/running/training/carrying';
import type { Come, Training } from '$lib/viz/figures/training/training.svelte';
import { stubCaches } from '../caches';
import { stubStorage } from '../storage';

type Carrying = typeof carrying;

beforeEach(() => {
	stubStorage('sessionStorage');
	stubCaches();
});
afterEach(() => void vi.unstubAllGlobals());

/** The module as a page that is loaded anew has it. */
async function loaded(): Promise<Carrying> {
	vi.resetModules();
	return import('$lib/running/training/carrying');
}

/** A training that stands at a step. */
class Standing {
	isGoing = false;
	hasGuessed = false;
	constructor(
		public planText: string,
		public step: number
	) {}
	get isUsed(): boolean {
		return this.step > 0 || this.hasGuessed;
	}
	give(): Promise<Come> {
		return this.rested();
	}
	async rested(): Promise<Come> {
		const { planText: plan, step } = this;
		return { ...{ plan, step, curves: [], pulls: [], standing: null }, guesses: {}, looking: null };
	}
	passed(): Promise<Come> {
		return this.rested();
	}
	take({ plan, step }: Come): boolean {
		if (this.step > 0 || plan !== this.planText) return false;
		this.step = step;
		return true;
	}
}
const at = (plan: string, step: number) => new Standing(plan, step);
const as = (training: Standing) => training as unknown as Training;
const cameTo = async ({ comeBack }: Carrying, plan: string) => {
	const training = at(plan, 0);
	await comeBack(as(training));
	return training.step;
};

it('gives a training back what it had come to before a link was followed', async () => {
	const page = await loaded();
	const training = at('one', 5);
	await page.keepRested(as(training));
	[training.planText, training.step] = ['two', 0];
	await page.keepRested(as(training));
	expect([await cameTo(page, 'one'), await cameTo(page, 'two')]).toEqual([5, 0]);
	// With guesses it is in use from the first, and has come to nothing yet.
	training.planText = 'one';
	training.hasGuessed = true;
	await page.keepRested(as(training));
	expect(await cameTo(page, 'one')).toBe(5);
});

it('forgets one that was begun anew', async () => {
	const page = await loaded();
	const training = at('one', 5);
	await page.keepRested(as(training));
	training.step = 0;
	await page.keepRested(as(training));
	expect(await cameTo(page, 'one')).toBe(0);
});

it('goes along to the page in another language, and is found on the way back as it rested there', async () => {
	const first = await loaded();
	first.carryTraining(as(at('one', 5)));
	await (await import('$lib/stored/carried')).carryAll();
	const second = await loaded();
	expect(await cameTo(second, 'one')).toBe(5);
	await second.keepRested(as(at('one', 9)));
	expect(await cameTo(await loaded(), 'one')).toBe(9);
});

it('is there again where the page is loaded anew, as it rested, or as it was passed while it went on', async () => {
	const page = await loaded();
	const training = at('one', 5);
	await page.keepRested(as(training));
	expect(await cameTo(await loaded(), 'one')).toBe(5);
	training.isGoing = true;
	training.step = 12;
	await page.keepPassing(as(training));
	expect(await cameTo(await loaded(), 'one')).toBe(5);
	training.step = 15;
	await page.keepPassing(as(training));
	training.step = 16;
	await page.keepPassing(as(training));
	expect(await cameTo(await loaded(), 'one')).toBe(15);
});

it('leaves nothing of one that was begun anew on its way, for a page that is loaded anew', async () => {
	const page = await loaded();
	const training = at('one', 0);
	await page.keepRested(as(training));
	training.isGoing = true;
	training.step = 40;
	await page.keepPassing(as(training));
	training.isGoing = false;
	training.step = 0;
	await page.keepRested(as(training));
	expect(await cameTo(await loaded(), 'one')).toBe(0);
	expect(sessionStorage.getItem('carried')).toBeNull();
});
