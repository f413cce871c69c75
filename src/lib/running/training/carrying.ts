import { addCarrier } from '$lib/stored/carriers';
import { readText } from '$lib/stored/texts';
import { sayUnloaded } from '$lib/stored/unloaded';
import type { Come, Training } from '$lib/viz/figures/training/training.svelte';

/** Trainings on the page. */
const here = new Set<Training>();
/** What has come of trainings, by what is trained: as each rested last on this page, or has come along. */
const rested = new Map<string, Come>();
/** Trainings that are remembered. */
const mostRested = 8;
/** What each was when it was looked at last. */
const seen = new WeakMap<Training, { readonly plan: string; readonly isUsed: boolean }>();
let arrived: Promise<void> | null = null;
let putting: Promise<void> = Promise.resolve();

addCarrier({
	kind: 'training',
	hasAny: () => rested.size > 0 || [...here].some(({ isUsed }) => isUsed),
	async give() {
		const { packed } = await import('./carried');
		const used = [...here].filter(({ isUsed }) => isUsed);
		for (const of of await Promise.all(used.map((training) => training.give()))) remember(of);
		return packed([...rested.values()]);
	}
});

function remember(of: Come): void {
	rested.delete(of.plan);
	rested.set(of.plan, of);
	if (rested.size > mostRested) rested.delete([...rested.keys()][0]!);
}

/**
 * Has a training survive the way to another language.
 * @returns ends it
 */
export function carryTraining(training: Training): () => void {
	here.add(training);
	return () => here.delete(training);
}

/** Gives a training what came of the same one: on the page in another language, or here before a link was followed. */
export async function comeBack(training: Training): Promise<void> {
	await (arrived ??= arrive());
	for (const of of rested.values()) if (training.take(of)) return;
}

async function arrive(): Promise<void> {
	// What takes it up is longer, and comes when there is something.
	if (readText('tab', 'carried') === null) return;
	try {
		const { taken } = await import('./carried');
		for (const of of await taken()) if (!rested.has(of.plan)) rested.set(of.plan, of);
	} catch (error) {
		sayUnloaded(error);
	}
}

/** Remembers a training that rests, and forgets one that was begun anew. */
export async function keepRested(training: Training): Promise<void> {
	if (training.isGoing) return;
	const { planText: plan, isUsed } = training;
	const before = seen.get(training);
	seen.set(training, { plan, isUsed });
	// What was come to before of one that is come back to is there still to be taken.
	if (before?.plan !== plan && training.step === 0) return;
	if (isUsed) {
		const come = await training.rested();
		if (!come) return;
		remember(come);
	} else if (!before?.isUsed || !rested.delete(plan)) return;
	await (putting = putting.then(renewed));
}

/** Remembers a training that is left, as it stands by then. */
export async function keepLeft(training: Training): Promise<void> {
	if (training.isGoing) remember(await training.give());
}

/** Has what went along to another language be what is remembered now: the way back leads to it. */
async function renewed(): Promise<void> {
	// Without such a way there is nothing to load for it.
	if (readText('tab', 'carried') === null) return;
	try {
		const [{ renew }, { packed }] = await Promise.all([import('$lib/stored/carried'), import('./carried')]);
		await renew('training', packed([...rested.values()]));
	} catch {
		// What is there stays as it was put down.
	}
}
