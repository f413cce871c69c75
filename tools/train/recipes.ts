import type { NetworkId } from '../../src/lib/nets';

/** A network for 32×32 pictures, and how it is trained; what is not said here is as train.py has it. */
export interface Recipe {
	readonly title: string;
	readonly network: NetworkId;
	/** Other than those of all recipes, {@link cifarKnobs}. */
	readonly knobs: Readonly<Record<string, string | number | boolean>>;
	/** Epochs that the stored weights have been trained for, where a run begins with them rather than with random ones. */
	readonly after?: number;
	/** Epochs at a steady rate, and epochs over which it falls. */
	readonly steady: number;
	readonly falling: number;
	/** Epochs that show parts of the pictures, and the side of these in pixels. */
	readonly cropped: number;
	readonly crop?: number;
	/** Highest learning rate. */
	readonly rate?: number;
}

export const cifarKnobs = { resolution: 32, classes: 10, stemStride: 1 } as const;

/** The first 26 epochs were 16 at a steady rate of 0.05, all of them on parts of 24 pixels, and 10 over which it fell. */
const continued = { after: 26, steady: 1, falling: 9, cropped: 5, rate: 0.03 } as const;

/** By the id of the set of weights. */
export const recipes: Readonly<Record<string, Recipe>> = {
	'cifar10-squeezenet': {
		title: 'SqueezeNet v1.1, CIFAR-10',
		network: 'squeezenet',
		knobs: { version: '1.1', bypass: 'simple', batchNorm: true, dropout: 0.2 },
		...continued
	},
	'cifar10-mobilenet': {
		title: 'MobileNet v1, CIFAR-10',
		network: 'mobilenet',
		knobs: { alpha: 0.5, repeats: 4 },
		...continued
	},
	'cifar10-shufflenet': {
		title: 'ShuffleNet v1, CIFAR-10',
		network: 'shufflenet',
		knobs: { groups: 3, repeats: 3 },
		steady: 1,
		falling: 13,
		cropped: 4,
		rate: 0.06
	},
	'cifar10-xception': {
		title: 'Xception, CIFAR-10',
		network: 'xception',
		// Without the first pool it costs more to compute, and learns faster.
		knobs: { width: 0.25, repeats: 1, firstPool: false, dropout: 0.2 },
		steady: 3,
		falling: 12,
		// The first seven of these on parts of 20 pixels.
		cropped: 12,
		rate: 0.06
	}
};
