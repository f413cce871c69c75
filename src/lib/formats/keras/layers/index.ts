import type { Handler } from '../call';
import { shapes } from './shapes';
import { values } from './values';
import { windows } from './windows';

/** Layers that change nothing when a model is run. */
const passing = new Set([
	...['GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'ActivityRegularization', 'Masking', 'Identity'],
	...['StochasticDepth', 'MixUp', 'CutMix', 'AugMix', 'RandAugment']
]);

/** Pictures are altered in training alone; but for cutting, which is done always. */
const isPassing = (type: string): boolean =>
	passing.has(type) || (type.startsWith('Random') && type !== 'RandomCrop');

/** Names that layers had before, or have by another name. */
const aliases: Readonly<Record<string, string>> = {
	Convolution2D: 'Conv2D',
	SeparableConvolution2D: 'SeparableConv2D',
	AveragePooling2D: 'MaxPooling2D',
	Multiply: 'Add',
	Average: 'Add',
	SpatialDropout2D: 'Dropout'
};

const handlers: Readonly<Record<string, Handler>> = { ...windows, ...values, ...shapes };

/** How a layer of a class is read; `null` for one that cannot be computed here. */
export function handlerOf(type: string): Handler | null {
	if (isPassing(type)) return ({ value }) => value;
	const name = Object.hasOwn(aliases, type) ? aliases[type]! : type;
	return Object.hasOwn(handlers, name) ? handlers[name]! : null;
}
