import type { NetworkId } from '../../src/lib/nets';

/** A network for 32×32 pictures, and how it is trained; what is not said here is as train.py has it. */
export interface Recipe {
	readonly title: string;
	readonly network: NetworkId;
	/** Other than those of all recipes, {@link cifarKnobs}. */
	readonly knobs: Readonly<Record<string, string | number | boolean>>;
	/** Epochs at a steady rate, and epochs over which it falls. */
	readonly steady: number;
	readonly falling: number;
	/** Epochs that show parts of the pictures. */
	readonly cropped: number;
}

export const cifarKnobs = { resolution: 32, classes: 10, stemStride: 1 } as const;

/** By the id of the set of weights. */
export const recipes: Readonly<Record<string, Recipe>> = {
	'cifar10-squeezenet': {
		title: 'SqueezeNet v1.1, CIFAR-10',
		network: 'squeezenet',
		knobs: { version: '1.1', bypass: 'simple', batchNorm: true, dropout: 0.2 },
		steady: 16,
		falling: 10,
		cropped: 16
	},
	'cifar10-mobilenet': {
		title: 'MobileNet v1, CIFAR-10',
		network: 'mobilenet',
		knobs: { alpha: 0.5, repeats: 4 },
		steady: 16,
		falling: 10,
		cropped: 16
	},
	'cifar10-shufflenet': {
		title: 'ShuffleNet v1, CIFAR-10',
		network: 'shufflenet',
		knobs: { groups: 3, repeats: 3 },
		steady: 4,
		falling: 14,
		cropped: 9
	},
	'cifar10-xception': {
		title: 'Xception, CIFAR-10',
		network: 'xception',
		knobs: { width: 0.25, repeats: 2, dropout: 0.2 },
		steady: 4,
		falling: 14,
		cropped: 9
	}
};
