import type { BackendState, BenchmarkReply, Progress } from '$lib/engine/client';
import { EngineError } from '$lib/engine/failures';
import type { TimedOn, Timing } from '$lib/nets/times/timing';

/** What times a network. */
type Time = (options: {
	readonly signal: AbortSignal;
	readonly progress: (progress: Progress) => void;
}) => Promise<BenchmarkReply>;

/** One network that is timed: how far it is, and what came of it. */
export class Measuring {
	timing: Timing | null = $state.raw(null);
	/** Share that is done; `null` while nothing is timed. */
	share: number | null = $state(null);
	error: EngineError | null = $state.raw(null);
	#controller: AbortController | null = null;

	async start(time: Time): Promise<void> {
		this.cancel();
		const controller = (this.#controller = new AbortController());
		this.error = null;
		this.share = 0;
		try {
			const { backend, runs, units } = await time({
				signal: controller.signal,
				progress: ({ loaded, total }) => {
					if (this.#controller === controller) this.share = loaded / total;
				}
			});
			this.timing = { on: timedOn(backend), runs, units };
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			if (!error.isSaid) this.error = error;
		} finally {
			if (this.#controller === controller) this.share = null;
		}
	}

	cancel(): void {
		this.#controller?.abort();
	}
}

export const timedOn = ({ name, threads }: BackendState): TimedOn => ({ backend: name, threads });
