import { startWorker } from '$lib/stored/startWorker';
import type { OpenRunner, Stand } from '$lib/viz/figures/training/runner';
import { Joined, Pace, partOf, partsOf } from './parts';
import type { Answer, Order } from './train.worker';
import script from './train.worker.ts?worker&url';

/** Workers at most; one core is left for the page. */
const mostWorkers = 3;
const workerCount = () => Math.max(1, Math.min(mostWorkers, (navigator.hardwareConcurrency || 2) - 1));

/** Trains in workers, which start with the first plan. Lanes are trained apart, so that it does not matter which worker has which. */
export const openRunner: OpenRunner = (hear, fail) => {
	let workers: readonly Worker[] = [];
	let joined: Joined | null = null;
	let pace: Pace | null = null;
	/** Whoever waits for where it stands. */
	let tell: ((stand: Stand | null) => void) | null = null;
	/** Of the last plan: what is heard of one before it is too late. */
	let number = 0;
	const order = (of: Order) => {
		for (const worker of workers) worker.postMessage(of);
	};

	function close() {
		for (const worker of workers) worker.terminate();
		workers = [];
		tell?.(null);
	}

	function start(part: number): Worker {
		const started = startWorker(script, { isAwaited: true });
		started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
			if (data.number !== number || !joined || !pace) return;
			// Lanes of a part take turns: the last of them says how many steps all have taken.
			const isRaised = pace.came(part, data.steps.at(-1)?.length ?? 0);
			if (isRaised) order({ kind: 'run', until: pace.granted });
			hear(joined.take(part, data));
			const { standing, pulls } = data;
			const stand = standing && joined.stand(part, { standing, pulls });
			if (stand) tell?.(stand);
		});
		started.addEventListener('error', ({ message }) => {
			if (!workers.includes(started)) return;
			close();
			// One that did not load has no message, and the page has said so.
			fail(!message);
		});
		return started;
	}

	return {
		open(plan, from) {
			const parts = partsOf(plan, workerCount());
			// One that is left over would hold what it trained before.
			if (workers.length > parts.length) close();
			workers = parts.map((_, part) => workers[part] ?? start(part));
			joined = new Joined(plan, parts);
			pace = new Pace(parts.length, from?.step);
			tell?.(null);
			number++;
			parts.forEach((part, i) =>
				workers[i]!.postMessage({
					...{ kind: 'open', plan: part, number },
					from: from && partOf(from, i, parts.length)
				} satisfies Order)
			);
		},
		run(until) {
			if (!pace) return until;
			const goal = pace.run(until);
			order({ kind: 'run', until: pace.granted });
			return goal;
		},
		pause: () => pace?.pause() ?? 0,
		look(looking) {
			joined?.lookAway();
			order({ kind: 'look', looking });
		},
		stand() {
			tell?.(null);
			return new Promise((done) => {
				tell = (stand) => {
					tell = null;
					done(stand);
				};
				if (workers.length === 0 || !pace) return tell(null);
				// None is beyond what all may take, and all will come to it.
				order({ kind: 'stand', at: pace.granted });
			});
		},
		close
	};
};
