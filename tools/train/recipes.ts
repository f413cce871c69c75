import type { NetworkId } from '../../src/lib/nets';

/** A network for 32×32 pictures, and how long it is trained; the rest is as train.py has it. */
export interface Recipe {
	readonly title: string;
	readonly network: NetworkId;
	/** Other than those of all recipes, {@link cifarKnobs}. */
	readonly knobs: Readonly<Record<string, string | number | boolean>>;
	readonly epochs: number;
}

export const cifarKnobs = { resolution: 32, classes: 10, stemStride: 1 } as const;

/**
 * By the id of the set of weights. Where the 40 million MACs that a small network may take allow it, pictures stay 32×32 up to the
 * first blocks: that costs nothing in parameters, and a network learns far more of small pictures so.
 */
export const recipes: Readonly<Record<string, Recipe>> = {
	'cifar10-squeezenet': {
		title: 'SqueezeNet v1.1, CIFAR-10',
		network: 'squeezenet',
		knobs: { version: '1.1', bypass: 'simple', batchNorm: true, dropout: 0.2 },
		epochs: 100
	},
	'cifar10-mobilenet': {
		title: 'MobileNet v1, CIFAR-10',
		network: 'mobilenet',
		knobs: { alpha: 0.5, repeats: 3, firstStride: 1 },
		epochs: 40
	},
	'cifar10-shufflenet': {
		title: 'ShuffleNet v1, CIFAR-10',
		network: 'shufflenet',
		knobs: { groups: 3, repeats: 3, firstPool: false },
		epochs: 50
	},
	'cifar10-xception': {
		title: 'Xception, CIFAR-10',
		network: 'xception',
		knobs: { width: 0.25, repeats: 1, firstPool: false, dropout: 0.2 },
		epochs: 60
	}
};
