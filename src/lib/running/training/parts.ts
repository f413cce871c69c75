import { minIndex } from 'd3-array';
import { lanesOf, type Look, type Plan, type Standing } from '$lib/training/session';
import type { Report, Stand } from '$lib/viz/figures/training/runner';

/** A plan in so many parts, whose lanes are trained apart: each gets every so-manieth. */
export function partsOf(plan: Plan, count: number): readonly Plan[] {
	const lanes = lanesOf(plan);
	return Array.from({ length: Math.min(count, lanes.length) }, (_, part) => {
		const own = lanes.filter((_, i) => i % count === part);
		return {
			...plan,
			ways: own.filter((lane) => lane !== 'own'),
			own: own.includes('own') ? plan.own : null
		};
	});
}

/** Where one of so many parts stands. */
export const partOf = ({ step, lanes }: Standing, part: number, count: number): Standing => ({
	step,
	lanes: lanes.filter((_, i) => i % count === part)
});

/** Joins what is reported of the parts of a plan: lanes in the order of the plan. */
export class Joined {
	/** By lane: part, and place in it. */
	readonly #places: readonly (readonly [part: number, place: number])[];
	readonly #pulls: Report['pulls'][];
	#look: Look | null = null;
	/** Of parts that have told where they stand. */
	#stands = new Map<number, Stand>();

	constructor(plan: Plan, parts: readonly Plan[]) {
		this.#places = lanesOf(plan).map((_, i) => [i % parts.length, Math.floor(i / parts.length)]);
		this.#pulls = parts.map(() => []);
	}

	/** Takes what a part reports. @returns the same of all lanes */
	take(part: number, report: Report): Report {
		this.#pulls[part] = report.pulls;
		this.#look = report.look ?? this.#look;
		return {
			look: this.#look,
			steps: this.#places.map(([of, place]) => (of === part ? (report.steps[place] ?? []) : [])),
			pulls: this.#places.map(([of, place]) => this.#pulls[of]![place] ?? [])
		};
	}

	/** Takes where a part stands. @returns where all stand, once all have told of one step */
	stand(part: number, stand: Stand): Stand | null {
		this.#stands.set(part, stand);
		const { step } = stand.standing;
		const stands = this.#pulls.map((_, of) => this.#stands.get(of));
		if (!stands.every((of) => of?.standing.step === step)) return null;
		this.#stands = new Map();
		const all = <Of>(of: (stand: Stand) => readonly Of[]) =>
			this.#places.map(([part, place]) => of(stands[part]!)[place]!);
		return {
			standing: { step, lanes: all(({ standing }) => standing.lanes) },
			pulls: all(({ pulls }) => pulls)
		};
	}

	/** Forgets what was looked into. */
	lookAway(): void {
		this.#look = null;
	}
}

/**
 * How far parts may go, each at its own pace: no farther than a little beyond the slowest, so that they learn side by side, and soon
 * stand at one step when they are to rest. A little is what keeps the slowest busy until its next report is answered.
 */
export class Pace {
	/** Steps that each part has taken. */
	readonly #taken: number[];
	/** Steps in the last report of each part. */
	readonly #latest: number[];
	/** Where it is to rest. */
	#goal = 0;
	#granted = 0;

	/** @param step that all parts stand at already */
	constructor(parts: number, step = 0) {
		this.#goal = this.#granted = step;
		this.#taken = new Array<number>(parts).fill(step);
		this.#latest = new Array<number>(parts).fill(1);
	}

	/** How many steps each part may take: all of them will. */
	get granted(): number {
		return this.#granted;
	}

	/** Lets all go on. @returns at which step they will rest: none goes back */
	run(until: number): number {
		this.#goal = Math.max(until, this.#granted);
		this.#grant();
		return this.#goal;
	}

	/** Lets none go farther than it may already. @returns at which step all will rest */
	pause(): number {
		return (this.#goal = this.#granted);
	}

	/** Takes how many steps a part reports. @returns whether all may go on farther for that */
	came(part: number, count: number): boolean {
		this.#taken[part]! += count;
		if (count > 0) this.#latest[part] = count;
		const before = this.#granted;
		this.#grant();
		return this.#granted > before;
	}

	/** Twice as many steps as the slowest has reported: some to go on with while the next report is answered. */
	#grant(): void {
		const slowest = minIndex(this.#taken);
		const reach = this.#taken[slowest]! + 2 * this.#latest[slowest]!;
		this.#granted = Math.max(this.#granted, Math.min(this.#goal, reach));
	}
}
