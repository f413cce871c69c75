import { BlockError, readBlock, writeBlock, type BlockSpec } from '$lib/nets/blocks';
import { defaultKnobs, type KnobValues } from '$lib/nets/knobs';
import { ways, type Way } from '$lib/training/ways';
import { addressCodec, partsOf, type Parsed } from '../../address/codec';
import { custom, subset } from '../../address/kinds';
import { knobParts } from '../../address/knobs';
import { trainingKnobs } from './knobs';

/** What an address of the figure holds. */
export interface TrainingSpec {
	readonly knobs: KnobValues<typeof trainingKnobs>;
	/** The ways that take part. */
	readonly ways: readonly Way[];
	/** The reader's own block. */
	readonly own: BlockSpec | null;
}

/** A block as the editor writes it. */
const block = custom<BlockSpec>({
	read(text, ignore) {
		try {
			return readBlock(text);
		} catch (error) {
			if (!(error instanceof BlockError)) throw error;
			return ignore('invalid', { why: error });
		}
	},
	write: writeBlock
});

const { field } = partsOf<TrainingSpec>();

/** The addresses of the figure: what differs from the defaults, and the block where there is one. */
export const trainingCodec = addressCodec<TrainingSpec>({
	initial: { knobs: defaultKnobs(trainingKnobs), ways, own: null },
	parts: [
		...knobParts<TrainingSpec>(trainingKnobs),
		field('ways', 'ways', subset(ways, 1)),
		field('own', 'own', block)
	]
});

/** Knobs that go together, the nearest to those given: channels that a picture has, two different ones, groups that divide them. */
export function fitting(values: TrainingSpec['knobs']): TrainingSpec['knobs'] {
	const { channels } = values;
	const a = Math.min(values.a, channels - 1);
	const wished = Math.min(values.b, channels - 1);
	const b = wished === a ? (a + channels / 2) % channels : wished;
	return { ...values, a, b, groups: values.groups > channels ? 2 : values.groups };
}

/** What an address says, with what of it does not go together among what is ignored. */
export function parseTraining(search: string): Parsed<TrainingSpec> {
	const { value, said, ignored } = trainingCodec.parse(search);
	const knobs = fitting(value.knobs);
	const unfit = (['a', 'b', 'groups'] as const).filter(
		(name) => said.includes(name) && knobs[name] !== value.knobs[name]
	);
	return {
		value: { ...value, knobs },
		said: said.filter((name) => !unfit.some((of) => of === name)),
		ignored: [
			...ignored,
			...unfit.map((name) => ({
				name,
				value: String(value.knobs[name]),
				reason: 'unfit' as const,
				why: null
			}))
		]
	};
}
