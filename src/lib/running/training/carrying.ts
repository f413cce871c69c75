import { addCarrier } from '$lib/stored/carriers';
import { keepByNow } from '$lib/stored/keepByNow';
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
/** Those that are asked where they are while they go on. */
const asked = new WeakSet<Training>();
/** Steps between what is put down of one that goes on: a page that is loaded anew gives no time to ask. */
const between = 10;
let arrived: Promise<void> | null = null;

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
 * Has a training survive that the page is loaded anew, in another language or in the same.
 * @returns ends it
 */
export function carryTraining(training: Training): () => void {
	here.add(training);
	return () => here.delete(training);
}

/** Gives a training what came of the same one: on the page that was here before, in another language or in the same, or here before a link was followed. */
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
	await putDown();
}

/** Remembers a training that goes on, as it passes, every few steps. */
export async function keepPassing(training: Training): Promise<void> {
	const { planText: plan, step, isGoing } = training;
	if (!isGoing || asked.has(training) || step < (rested.get(plan)?.step ?? 0) + between) return;
	asked.add(training);
	try {
		const come = await training.passed();
		if (!come) return;
		seen.set(training, { plan: come.plan, isUsed: true });
		remember(come);
		await putDown();
	} finally {
		asked.delete(training);
	}
}

/** Remembers a training that is left, as it stands by then. */
export async function keepLeft(training: Training): Promise<void> {
	if (training.isGoing) remember(await training.give());
}

/** Has what is put down be what is remembered now. */
const putDown = (): Promise<void> =>
	keepByNow('training', async () => (await import('./carried')).packed([...rested.values()]));
