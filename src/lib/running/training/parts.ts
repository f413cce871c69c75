import { lanesOf, type Look, type Plan } from '$lib/training/session';
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

/** Joins what is reported of the parts of a plan: lanes in the order of the plan. */
export class Joined {
	/** By lane: part, and place in it. */
	readonly #places: readonly (readonly [part: number, place: number])[];
	readonly #pulls: (readonly (readonly number[])[])[];
	#look: Look | null = null;

	constructor(plan: Plan, parts: readonly Plan[]) {
		this.#places = lanesOf(plan).map((_, i) => [i % parts.length, Math.floor(i / parts.length)]);
		this.#pulls = parts.map(() => []);
	}

	/** Takes what a part reports. @returns the same of all lanes */
	take(part: number, report: Report): Report {
		this.#pulls[part] = report.pulls;
		this.#look = report.look ?? this.#look;
		return {
			...{ look: this.#look, until: report.until },
			steps: this.#places.map(([of, place]) => (of === part ? (report.steps[place] ?? []) : [])),
			pulls: this.#places.map(([of, place]) => this.#pulls[of]![place] ?? [])
		};
	}

	/** Forgets what was looked into. */
	lookAway(): void {
		this.#look = null;
	}
}
