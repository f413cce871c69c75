import { lanesOf, type LaneStep, type Look, type Plan } from '$lib/training/session';
import type { Report } from '$lib/viz/figures/training/runner';

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

/** Joins what is reported of the parts of a plan: steps as soon as every part has them, lanes in the order of the plan. */
export class Joined {
	/** By lane: part, and place in it. */
	readonly #places: readonly (readonly [part: number, place: number])[];
	readonly #steps: (readonly LaneStep[])[][];
	readonly #pulls: (readonly (readonly number[])[])[];
	#look: Look | null = null;
	/** Steps that were handed on. */
	#taken = 0;

	constructor(plan: Plan, parts: readonly Plan[]) {
		this.#places = lanesOf(plan).map((_, i) => [i % parts.length, Math.floor(i / parts.length)]);
		this.#steps = parts.map(() => []);
		this.#pulls = parts.map(() => []);
	}

	/** Takes what a part reports. @returns what all have come to since the last time */
	take(part: number, report: Report): Report {
		this.#steps[part]!.push(...report.steps);
		this.#pulls[part] = report.pulls;
		this.#look = report.look ?? this.#look;
		const count = Math.min(...this.#steps.map(({ length }) => length));
		const parts = this.#steps.map((steps) => steps.splice(0, count));
		const from = this.#taken;
		this.#taken += count;
		return {
			...{ from, look: this.#look, until: report.until },
			steps: Array.from({ length: count }, (_, n) =>
				this.#places.map(([of, place]) => parts[of]![n]![place] ?? null)
			),
			pulls: this.#places.map(([of, place]) => this.#pulls[of]![place] ?? [])
		};
	}

	/** Forgets what was looked into. */
	lookAway(): void {
		this.#look = null;
	}
}
