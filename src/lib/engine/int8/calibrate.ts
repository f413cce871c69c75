import { Observer, type Histogram } from '../../nets/quantization/range';
import { calibratedTensors } from '../../nets/quantization/network';
import type { Program } from '../program/program';

/**
 * Shows pictures to a network twice, and counts what values its tensors have.
 * @param inputs values of the graph's input, of each picture
 * @returns by the names of {@link calibratedTensors}
 */
export async function observeTensors(
	program: Program,
	inputs: readonly Float32Array[],
	signal?: AbortSignal
): Promise<Record<string, Histogram>> {
	const watch = calibratedTensors(program.resolved);
	const observers = new Map(watch.map((ref) => [ref, new Observer()]));
	for (const see of ['seeRange', 'seeValues'] as const)
		for (const input of inputs) {
			const { watched } = await program.run([input], { watch, ...(signal && { signal }) });
			for (const [ref, observer] of observers) observer[see](watched[ref]!.data);
		}
	return Object.fromEntries([...observers].map(([ref, { histogram }]) => [ref, histogram]));
}
