import * as v from 'valibot';
import { compressionSteps, type CompressionStep } from '../nets/compression/layer';
import { granularities, type Granularity } from '../nets/quantization/kernel';
import type { Range } from '../nets/quantization/integers';
import { calibrations, type Calibration } from '../nets/quantization/range';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const compressionSchema = v.object({
	pictures: count,
	prune: share,
	bits: count,
	gapBits: count,
	steps: v.array(v.object({ step: v.picklist(compressionSteps), bytes: count, accuracy: share }))
});

const roundingSchema = v.object({
	calibration: v.picklist(calibrations),
	settings: v.array(
		v.object({
			bits: count,
			activationBits: count,
			granularity: v.picklist(granularities),
			calibration: v.picklist(calibrations),
			bytes: count,
			accuracy: share,
			agreement: share
		})
	),
	ranges: v.record(v.string(), v.object({ low: v.number(), high: v.number() }))
});

const quantizationSchema = v.object({
	pictures: count,
	calibratedOn: count,
	isEqualized: v.optional(v.boolean()),
	...roundingSchema.entries,
	unequalized: v.optional(roundingSchema)
});

const cardSchema = v.object({
	data: v.string(),
	accuracy: share,
	engineAccuracy: v.nullable(share),
	params: count,
	macs: count,
	epochs: count,
	minutes: v.number(),
	device: v.picklist(['cpu', 'cuda']),
	rate: v.number(),
	weightDecay: v.number(),
	labelSmoothing: v.number(),
	batch: count,
	seed: count,
	torch: v.string(),
	compression: v.optional(compressionSchema),
	quantization: v.optional(quantizationSchema)
});

/** What Deep Compression makes of a set without training on, measured by `npm run compress`. */
export interface CompressionFigures {
	/** Test pictures that accuracies are of. */
	readonly pictures: number;
	/** Share of each layer's weights that is pruned, bits of a weight's code and of a relative index. */
	readonly prune: number;
	readonly bits: number;
	readonly gapBits: number;
	/** By this site's engine. */
	readonly steps: readonly {
		readonly step: CompressionStep;
		readonly bytes: number;
		readonly accuracy: number;
	}[];
}

/** What rounding a set's weights and activations to integers makes of it. */
export interface QuantizedAccuracy {
	/** Of a weight. */
	readonly bits: number;
	/** Of an activation. */
	readonly activationBits: number;
	readonly granularity: Granularity;
	readonly calibration: Calibration;
	readonly bytes: number;
	/** By this site's kernels for integers. */
	readonly accuracy: number;
	/** Share of the test pictures for which the class is the one that real numbers give. */
	readonly agreement: number;
}

/** What a set comes to when it is rounded. */
export interface RoundingFigures {
	readonly settings: readonly QuantizedAccuracy[];
	/** What changes the fewest answers on those training pictures, at 8 bits and with a scale for each channel. */
	readonly calibration: Calibration;
	/** By it, of each tensor that is rounded, at 8 bits: the least and greatest value that has an integer. */
	readonly ranges: Readonly<Record<string, Range>>;
}

/** Rounding without training on, measured by `npm run quantize`: how the site runs a set on integers. */
export interface QuantizationFigures extends RoundingFigures {
	/** Test pictures that accuracies are of. */
	readonly pictures: number;
	/** Training pictures that ranges are from. */
	readonly calibratedOn: number;
	/** Whether channels were given about the same range first. */
	readonly isEqualized?: boolean | undefined;
	/** What it comes to without that, where it was. */
	readonly unequalized?: RoundingFigures | undefined;
}

/** How weights that were trained for this site were made and what they reach: the `card.json` beside a `set.json`. */
export interface Card {
	/** What they were trained and tested on. */
	readonly data: string;
	/** Share of the test pictures that are right, in PyTorch, with the weights rounded as they are stored. */
	readonly accuracy: number;
	/** The same by this site's engine; `null` until it was measured. */
	readonly engineAccuracy: number | null;
	/** Trainable parameters. */
	readonly params: number;
	readonly macs: number;
	/** Passes over the training pictures. */
	readonly epochs: number;
	/** Time that training took, and on what: CPU or GPU, as PyTorch names them. */
	readonly minutes: number;
	readonly device: 'cpu' | 'cuda';
	readonly rate: number;
	readonly weightDecay: number;
	readonly labelSmoothing: number;
	readonly batch: number;
	readonly seed: number;
	/** Version of PyTorch. */
	readonly torch: string;
	/** Missing until it was measured; training anew drops it. */
	readonly compression?: CompressionFigures | undefined;
	/** Likewise. */
	readonly quantization?: QuantizationFigures | undefined;
}

/** Reads a `card.json`; what else is in it is left out. @throws Error naming what does not fit */
export function parseCard(json: string): Card {
	return v.parse(cardSchema, JSON.parse(json));
}

/** Writes what {@link parseCard} reads. */
export function formatCard(card: Card): string {
	return `${JSON.stringify(card, null, '\t')}\n`;
}
