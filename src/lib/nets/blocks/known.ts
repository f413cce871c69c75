import { graphCost } from '../analyses/cost';
import { buildBlock, type BlockSize } from './build';
import { knownIds, presets, shuffleUnit } from './presets';
import { BlockError, type BlockSpec } from './spec';

/** Groups that ShuffleNet is published with, the site's first. */
const SHUFFLE_GROUPS = [3, 4, 2, 8, 1];

/** What a block costs at a size. */
export interface KnownCost {
	readonly id: KnownId;
	/** Groups of the ShuffleNet unit: 3, or the first of the paper's that divides. */
	readonly groups: number | null;
	/** `null` where the block cannot have these channels. */
	readonly cost: BlockCost | null;
}
export type KnownId = 'standard' | (typeof knownIds)[number];

export interface BlockCost {
	/** Trainable. */
	readonly params: number;
	readonly macs: number;
}

/** What a standard convolution and the known blocks cost in the place of a block. */
export function knownCosts(size: BlockSize): KnownCost[] {
	return (['standard', ...knownIds] as const).map((id) => {
		if (id !== 'shuffle-unit') return { id, groups: null, cost: costAt(presets[id].spec, size) };
		for (const groups of SHUFFLE_GROUPS) {
			const cost = costAt(shuffleUnit(groups), size);
			if (cost) return { id, groups, cost };
		}
		return { id, groups: null, cost: null };
	});
}

/** What a block costs, with a 1×1 convolution beside it where its shortcut needs one; `null` where its channels do not fit. */
function costAt(spec: BlockSpec, size: BlockSize): BlockCost | null {
	try {
		const { total } = graphCost(buildBlock('', spec, size, { projects: true }).net);
		return { params: total.params.trainable, macs: total.macs };
	} catch (error) {
		if (error instanceof BlockError) return null;
		throw error;
	}
}
