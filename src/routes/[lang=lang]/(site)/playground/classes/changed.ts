import { m } from '$lib/i18n';

/** What is other than it was when networks learned: classes and pictures, the networks that take part, or the pictures to be kept out. */
export type Changed = 'classes' | 'networks' | 'seed';

/** What a training is of. */
export interface Subject {
	readonly classes: string;
	/** Weights, or what was opened. */
	readonly networks: readonly unknown[];
	readonly seed: number;
}

/** In what a training would be of something else now; `null` where in nothing. */
export function changeOf(before: Subject | null, now: Subject): Changed | null {
	if (before?.classes !== now.classes) return 'classes';
	const { networks, seed } = before;
	if (networks.length !== now.networks.length || networks.some((of, i) => of !== now.networks[i]))
		return 'networks';
	return seed === now.seed ? null : 'seed';
}

/** One that differs from another in so much. */
export function otherwise(subject: Subject, changed: Changed): Subject {
	switch (changed) {
		case 'classes':
			return { ...subject, classes: '' };
		case 'networks':
			return { ...subject, networks: [] };
		case 'seed':
			return { ...subject, seed: Number.NaN };
	}
}

/** Says it, and that what was learned is of before. */
export function changeText(changed: Changed, { seed }: Pick<Subject, 'seed'>): string {
	switch (changed) {
		case 'classes':
			return m.classes_stale();
		case 'networks':
			return m.classes_stale_networks();
		case 'seed':
			return m.classes_stale_seed({ seed });
	}
}
