import type { Locale } from '$lib/i18n';
import type { NetworkId } from '$lib/nets';
import type { BenchOp } from '$lib/viz/figures/bench/spec';
import { contents } from './lessons';

/** The section that an operation is explained in. */
const operations: Readonly<Record<BenchOp, string>> = {
	standard: 'convolution#filter',
	pointwise: 'mobilenet#two-jobs',
	depthwise: 'mobilenet#two-jobs',
	separable: 'mobilenet#steps',
	group: 'shufflenet#alexnet',
	shuffle: 'shufflenet#blocked',
	transposed: 'convolution#window',
	pooling: 'convolution#edges'
};

/** The section that speaks of a network. */
const networks: Readonly<Record<NetworkId, string>> = {
	squeezenet: 'squeezenet#network',
	mobilenet: 'mobilenet#layers',
	shufflenet: 'shufflenet#unit',
	xception: 'xception#network',
	'mobilenet-v2': 'side-by-side#after',
	'mobilenet-v3-small': 'side-by-side#after',
	'mobilenet-v3-large': 'side-by-side#after',
	'shufflenet-v2': 'side-by-side#after',
	alexnet: 'why-light#growth',
	vgg16: 'convolution#two-costs',
	googlenet: 'why-light#growth',
	'inception-v3': 'xception#modules',
	resnet18: 'side-by-side#topology',
	resnet50: 'side-by-side#topology',
	resnext50: 'shufflenet#alexnet',
	'fire-module': 'squeezenet#fire',
	'shuffle-unit': 'shufflenet#unit',
	'one-backbone': 'side-by-side#fair'
};

/** Where the tutorial explains it, and what that chapter is called. For the server only, as the chapters are. */
export interface Taught {
	/** Below the language. */
	readonly path: string;
	readonly title: string;
}

function taught(language: Locale, section: string): Taught {
	const chapter = contents(language).find(({ slug }) => slug === section.split('#')[0])!;
	return { path: `/learn/${section}`, title: chapter.title };
}

export const taughtOperation = (language: Locale, op: BenchOp) => taught(language, operations[op]);
export const taughtNetwork = (language: Locale, id: NetworkId) => taught(language, networks[id]);
