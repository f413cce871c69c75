import { addCarrier } from '$lib/stored/carriers';
import { readText } from '$lib/stored/texts';
import { sayUnloaded } from '$lib/stored/unloaded';
import type { Come, Training } from '$lib/viz/figures/training/training.svelte';

/** Trainings on the page. */
const here = new Set<Training>();
/** What has come along, for whoever trains the same. */
let come: Promise<readonly Come[]> | null = null;

addCarrier({
	kind: 'training',
	hasAny: () => [...here].some(({ isUsed }) => isUsed),
	async give() {
		const { packed } = await import('./carried');
		const used = [...here].filter(({ isUsed }) => isUsed);
		return packed(await Promise.all(used.map((training) => training.give())));
	}
});

/**
 * Has a training survive the way to another language, and gives it what has come of the same one on the page in the other.
 * @returns ends it
 */
export function carryTraining(training: Training): () => void {
	here.add(training);
	void takeUpFor(training);
	return () => here.delete(training);
}

async function takeUpFor(training: Training): Promise<void> {
	// What takes it up is longer, and comes when there is something.
	if (!come && readText('tab', 'carried') === null) return;
	try {
		come ??= import('./carried').then(({ taken }) => taken());
		const found = await come;
		const own = found.find((of) => training.take(of));
		if (own) come = Promise.resolve(found.filter((of) => of !== own));
	} catch (error) {
		sayUnloaded(error);
	}
}
