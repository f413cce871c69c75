import type { LaneId, LaneStep, Look, Plan, Standing } from '$lib/training/session';
import type { Pull } from '$lib/training/strands';

/** What has been learned since the last report. */
export interface Report {
	/** Lane by lane in the order of the plan, what each step has come to. Some may be ahead of others while it goes on. */
	readonly steps: readonly (readonly LaneStep[])[];
	/** What pulls at each link of each lane. */
	readonly pulls: readonly (readonly Pull[])[];
	readonly look: Look | null;
}

/** Where a training stands, with what pulled at its links then. */
export interface Stand {
	readonly standing: Standing;
	readonly pulls: Report['pulls'];
}

/** What is looked into. */
export interface Looking {
	readonly lane: LaneId;
	readonly picture: number;
}

/** Whoever trains, beside the page: a figure tells it what, and hears what comes of it. */
export interface Runner {
	/** Begins anew, or goes on from somewhere; what was under way is forgotten. */
	open(plan: Plan, from: Standing | null): void;
	/** Goes on until so many steps were taken, or to where some lanes are already. @returns at which step all will stand */
	run(until: number): number;
	/** Goes on only until all lanes have taken the steps that some have begun. @returns at which step all will stand */
	pause(): number;
	look(looking: Looking | null): void;
	/**
	 * Where it stands, as soon as all lanes do at one step: they pass it while it goes on. `null` where it is asked anew, or whoever trains
	 * is gone.
	 */
	stand(): Promise<Stand | null>;
	/** Ends it; a later `open` starts it again. */
	close(): void;
}

/** @param fail called where training broke off; `isSaid` where the page says why, by itself */
export type OpenRunner = (hear: (report: Report) => void, fail: (isSaid: boolean) => void) => Runner;
