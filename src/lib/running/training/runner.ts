import { startWorker } from '$lib/stored/startWorker';
import type { OpenRunner } from '$lib/viz/figures/training/runner';
import type { Answer, Order } from './train.worker';
import script from './train.worker.ts?worker&url';

/** Trains in a worker, which starts with the first plan. */
export const openRunner: OpenRunner = (hear, fail) => {
	let worker: Worker | null = null;
	/** Of the last plan: what is heard of one before it is too late. */
	let number = 0;
	const order = (of: Order) => worker?.postMessage(of);

	function start(): Worker {
		const started = startWorker(script);
		started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
			if (data.number === number) hear(data);
		});
		started.addEventListener('error', () => {
			if (worker !== started) return;
			worker.terminate();
			worker = null;
			fail();
		});
		return started;
	}

	return {
		open(plan) {
			worker ??= start();
			number++;
			order({ kind: 'open', plan, number });
		},
		run: (until) => order({ kind: 'run', until }),
		pause: () => order({ kind: 'pause' }),
		look: (looking) => order({ kind: 'look', looking }),
		close() {
			worker?.terminate();
			worker = null;
		}
	};
};
