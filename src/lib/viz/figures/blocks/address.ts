import { BlockError, presets, readBlock, writeBlock, type BlockSpec, type PresetId } from '$lib/nets/blocks';
import { defaultKnobs, type KnobValues } from '$lib/nets/knobs';
import { addressCodec, partsOf } from '../../address/codec';
import { custom } from '../../address/kinds';
import { knobParts } from '../../address/knobs';
import { blockKnobs } from './knobs';

/** What an address of the editor holds. */
export interface BlocksAddress {
	readonly spec: BlockSpec;
	readonly knobs: KnobValues<typeof blockKnobs>;
}

/** A block as an address holds it: by its name, where it has one. */
export function writeSpec(spec: BlockSpec): string {
	const text = writeBlock(spec);
	const known = Object.entries(presets).find(([, preset]) => writeBlock(preset.spec) === text);
	return known ? known[0] : text;
}

/** The name of a known block, or a block written out. */
const block = custom<BlockSpec>({
	read(text, ignore) {
		try {
			return Object.hasOwn(presets, text) ? presets[text as PresetId].spec : readBlock(text);
		} catch (error) {
			if (!(error instanceof BlockError)) throw error;
			return ignore('invalid', { why: error });
		}
	},
	write: writeSpec
});

const { field } = partsOf<BlocksAddress>();

/** The addresses of the editor: they name the block also where it is the first. */
export const blocksCodec = addressCodec<BlocksAddress>({
	initial: { spec: presets['shuffle-unit'].spec, knobs: defaultKnobs(blockKnobs) },
	parts: [field('block', 'spec', block, { always: true }), ...knobParts<BlocksAddress>(blockKnobs)]
});
