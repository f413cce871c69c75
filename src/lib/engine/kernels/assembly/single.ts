/** The kernels for one thread. */
import { Job } from './job';
import { run } from './run';

export { dotProduct } from './integers/probe';

/** Runs the job that lies 20 bytes after an address (as it does in a pool) in `chunks` chunks. */
export function share(pool: usize, chunks: i32): void {
	for (let n = 0; n < chunks; n++) run(changetype<Job>(pool + 20), n);
}
