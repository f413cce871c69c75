import type { ChannelFactors } from '../../nets/quantization/equalize';
import { Observer, type Histogram } from '../../nets/quantization/range';
import { calibratedTensors } from '../../nets/quantization/network';
import type { Program } from '../program/program';

/**
 * Shows pictures to a network twice, and counts what values its tensors have.
 * @param inputs values of the graph's input, of each picture
 * @param factors what channels of some tensors are divided by
 * @returns by the names of {@link calibratedTensors}
 */
export async function observeTensors(
	program: Program,
	inputs: readonly Float32Array[],
	{ signal, factors }: { readonly signal?: AbortSignal | undefined; readonly factors?: ChannelFactors } = {}
): Promise<Record<string, Histogram>> {
	const watch = calibratedTensors(program.resolved);
	const observers = new Map(watch.map((ref) => [ref, new Observer()]));
	for (const see of ['seeRange', 'seeValues'] as const)
		for (const input of inputs) {
			const { watched } = await program.run([input], { watch, ...(signal && { signal }) });
			for (const [ref, observer] of observers) {
				const { data } = watched[ref]!;
				const of = factors?.get(ref);
				observer[see](of ? data.map((value, i) => value / of[i % of.length]!) : data);
			}
		}
	return Object.fromEntries([...observers].map(([ref, { histogram }]) => [ref, histogram]));
}
