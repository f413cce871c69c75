/**
 * Several threads on one job, by five words in shared memory. A chunk is claimed by counting down what is left, and
 * that is set last of all: so whoever gets a number has the job that it belongs to, however late it comes, and the
 * owner does not go on before every chunk that was claimed is done.
 */
import { Job } from './job';
import { run } from './run';
import { setThread } from './thread';

export { dotProduct } from './integers/probe';

const GENERATION: usize = 0;
const LEFT: usize = 4;
const DONE: usize = 8;
const SLEEPING: usize = 12;
/** Helpers that ever were. */
const HELPERS: usize = 16;
/** Where the job lies. */
const JOB: usize = 20;

/** How often a helper looks for the next job before it sleeps: some tens of microseconds. */
const PATIENCE: i32 = 20000;

@inline
function work(pool: usize): void {
	for (;;) {
		const left = atomic.sub<i32>(pool, 1, LEFT);
		if (left <= 0) return;
		run(changetype<Job>(pool + JOB), left - 1);
		atomic.add<i32>(pool, 1, DONE);
	}
}

/** The owner: runs the job in `chunks` chunks together with the helpers that are awake, and returns when all are done. */
export function share(pool: usize, chunks: i32): void {
	atomic.store<i32>(pool, 0, DONE);
	atomic.store<i32>(pool, chunks, LEFT);
	atomic.add<i32>(pool, 1, GENERATION);
	if (atomic.load<i32>(pool, SLEEPING) > 0) atomic.notify(pool + GENERATION, -1);
	work(pool);
	while (atomic.load<i32>(pool, DONE) < chunks) {}
}

/** A helper: never returns; the thread is ended from outside. */
export function help(pool: usize): void {
	setThread(atomic.add<i32>(pool, 1, HELPERS) + 1);
	let seen = 0;
	for (;;) {
		work(pool);
		let now = atomic.load<i32>(pool, GENERATION);
		for (let i = 0; now === seen && i < PATIENCE; i++) now = atomic.load<i32>(pool, GENERATION);
		if (now === seen) {
			atomic.add<i32>(pool, 1, SLEEPING);
			atomic.wait<i32>(pool + GENERATION, seen, -1);
			atomic.sub<i32>(pool, 1, SLEEPING);
			now = atomic.load<i32>(pool, GENERATION);
		}
		seen = now;
	}
}
