import { readFileSync } from 'node:fs';
import { parseCard } from '$lib/engine/card';
import type { WeightSet } from '$lib/engine/client';
import { graphCost, networkById, resolveGraph } from '$lib/nets';
import { contenders, measuredComparison } from '$lib/viz/figures/convolutionComparison/measured';

/** What light design and small numbers give, each and together: one network three times. */
export interface Design {
	/** Its twin with standard convolutions, counted; the network as it was trained, and on integers of 8 bits, measured. */
	readonly rows: readonly DesignRow[];
	/** What the same exchange of convolutions cost where both were trained: mean accuracies of one small network. */
	readonly trained: { readonly standard: number; readonly separable: number };
}

export interface DesignRow {
	readonly is: 'standard' | 'light' | 'integers';
	readonly macs: number;
	readonly bytes: number;
	/** Share of the test pictures that are right; `null` where it was not trained. */
	readonly accuracy: number | null;
}

/** The network that is shown so: the one whose knobs have a twin. */
export const designNetwork = 'mobilenet';

/** @throws Error for a set without figures as integers */
export function designOf(folder: string, set: WeightSet): Design {
	const { quantization, engineAccuracy } = parseCard(
		readFileSync(`${folder}/${set.id}/card.json`).toString()
	);
	const integers = quantization?.settings.find(
		({ bits, granularity, calibration }) =>
			bits === 8 && granularity === 'channel' && calibration === quantization.calibration
	);
	if (!integers) throw new Error(`card.json of ${set.id} has no accuracy as integers`);
	const { build } = networkById(designNetwork);
	const counted = (knobs: Readonly<Record<string, unknown>>) => {
		const { macs, params } = graphCost(resolveGraph(build(knobs as never))).total;
		return { macs, bytes: 4 * (params.trainable + params.bnStatistics) };
	};
	const light = counted(set.knobs);
	const reached = new Map(
		contenders(measuredComparison).map(({ variant, accuracy }) => [variant, accuracy.mean])
	);
	return {
		rows: [
			{ is: 'standard', ...counted({ ...set.knobs, convolution: 'standard' }), accuracy: null },
			{ is: 'light', ...light, accuracy: engineAccuracy },
			{ is: 'integers', macs: light.macs, bytes: integers.bytes, accuracy: integers.accuracy }
		],
		trained: { standard: reached.get('standard')!, separable: reached.get('separable')! }
	};
}
