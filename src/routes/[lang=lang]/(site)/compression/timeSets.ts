import { Engine, EngineError, type IntegersReply, type WeightSet } from '$lib/engine/client';
import { networkById } from '$lib/nets';
import { engineProblem } from '$lib/running/problems';
import type { IntegersOfSet } from './integersOf';

/** How a network's times compare. */
export type Timed = Pick<Extract<IntegersReply, { isComputed: true }>, 'times' | 'pace' | 'threads'>;

interface Timing {
	readonly sets: readonly WeightSet[];
	/** Address of a set's model.json. */
	readonly modelOf: (set: WeightSet) => string;
	readonly signal: AbortSignal;
	readonly onbegin: (of: IntegersOfSet) => void;
	readonly ontime: (of: IntegersOfSet, timed: Timed) => void;
}

/**
 * Times networks on this device, on float32 and on integers in alternation, one network after the other.
 * @returns why it ended before, as a sentence for the page
 */
export async function timeSets(
	measured: readonly IntegersOfSet[],
	{ sets, modelOf, signal, onbegin, ontime }: Timing
): Promise<string | null> {
	const engine = new Engine();
	try {
		for (const of of measured) {
			const set = sets.find(({ id }) => id === of.id)!;
			onbegin(of);
			const source = { kind: 'site' as const, model: modelOf(set), files: set.files };
			const { id } = await engine.load(networkById(set.network).build(set.knobs), source, { signal });
			const reply = await engine.useIntegers(
				id,
				{ kind: 'ranges', ranges: of.ranges, calibration: of.calibration, isEqualized: of.isEqualized },
				{ signal }
			);
			await engine.unload(id);
			if (signal.aborted) return null;
			if (!reply?.isComputed) continue;
			const { times, pace, threads } = reply;
			ontime(of, { times, pace, threads });
		}
		return null;
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		return error.isSaid ? null : engineProblem(error);
	} finally {
		engine.close();
	}
}
