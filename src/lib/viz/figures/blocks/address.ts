import { BlockError, presets, readBlock, writeBlock, type BlockSpec, type PresetId } from '$lib/nets/blocks';
import type { KnobValues } from '$lib/nets/knobs';
import { readKnobs } from '../knobsAddress';
import { blockKnobs } from './knobs';

const defaultPreset: PresetId = 'shuffle-unit';

/** What an address of the editor holds. */
export interface BlocksAddress {
	/** `null` where it holds one that cannot be read: `error` says why. */
	readonly spec: BlockSpec | null;
	readonly error: BlockError | null;
	/** Whether it says anything of the block; without it the block is the default. */
	readonly namesBlock: boolean;
	readonly knobs: Partial<KnobValues<typeof blockKnobs>>;
}

/** Reads an address's search. `block` is the name of a known block, or a block written out. */
export function readBlocksAddress(search: string): BlocksAddress {
	const knobs = readKnobs(blockKnobs, search);
	const given = new URLSearchParams(search).get('block');
	const namesBlock = given !== null;
	const text = given ?? defaultPreset;
	try {
		const spec = Object.hasOwn(presets, text) ? presets[text as PresetId].spec : readBlock(text);
		return { spec, error: null, namesBlock, knobs };
	} catch (error) {
		if (!(error instanceof BlockError)) throw error;
		return { spec: null, error, namesBlock, knobs };
	}
}

/** A block as an address holds it: by its name, where it has one. */
export function writeSpec(spec: BlockSpec): string {
	const text = writeBlock(spec);
	const known = Object.entries(presets).find(([, preset]) => writeBlock(preset.spec) === text);
	return known ? known[0] : text;
}

/** The parts of a search that mean nothing to the editor. */
export function ignoredParts(search: string): string[] {
	const { error, knobs } = readBlocksAddress(search);
	return [...new URLSearchParams(search)]
		.filter(([name]) => (name === 'block' ? error !== null : !Object.hasOwn(knobs, name)))
		.map((part) => part.join('='));
}
