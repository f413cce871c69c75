import { m, type Locale } from '$lib/i18n';
import { networkById } from '$lib/nets/networks';
import { titleOf } from '../../words/networkTitles';
import type { Model } from './model';
import { changedKnobs, type Variant } from './variants';

/** How a network is called in the table and in the chart, and how early its label gets its room. */
type Names = Pick<Model, 'name' | 'label' | 'rank'>;

const same = (name: string, rank: number): Names => ({ name, label: name, rank });

/** Networks without a graph, by their name among the facts. */
const plainNames: Readonly<Record<string, Names>> = {
	'GoogLeNet / Inception-v1 (torchvision)': same('GoogLeNet (torchvision)', 8),
	'ResNet-34': same('ResNet-34', 5),
	'ResNet-101': same('ResNet-101', 5),
	'ResNet-152': same('ResNet-152', 4),
	'DenseNet-121': same('DenseNet-121', 4),
	'EfficientNet-B0': same('EfficientNet-B0', 3),
	'MNASNet 1.0 (B1, torchvision)': same('MnasNet-B1', 6),
	'MnasNet-A1 (paper)': same('MnasNet-A1', 5),
	'GhostNet 1.0x': same('GhostNet', 4),
	'SqueezeNext 1.0-SqNxt-23': same('SqueezeNext 1.0-23', 6),
	'SqueezeNext 1.0-SqNxt-23v5': same('SqueezeNext 1.0-23v5', 7),
	'SqueezeNext 2.0-SqNxt-23v5': same('SqueezeNext 2.0-23v5', 5)
};

/** Names of a network that has no graph. */
export function namesOfFacts(name: string): Names {
	return plainNames[name] ?? same(name, 9);
}

/** Ranks of networks that have one variant here; 5 for all others. */
const ranks: Readonly<Record<string, number>> = {
	xception: 0,
	vgg16: 1,
	resnet50: 1,
	'mobilenet-v2': 2,
	'mobilenet-v3-large': 2,
	'inception-v3': 2,
	'mobilenet-v3-small': 3,
	resnet18: 3,
	googlenet: 3
};

/** Names of a variant. The plain network is the one that its family is known by; the others are named by what they change. */
export function namesOf(variant: Variant, locale: Locale): Names {
	const { network, knobs } = variant;
	const title = titleOf(networkById(network), locale);
	const isPlain = Object.keys(changedKnobs(variant)).length === 0;
	const variation = variationOf(variant, locale);
	const joined = (name: string) => m.compare_name_variation({ name, variation }, { locale });
	if (network === 'squeezenet') {
		const version = `v${knobs['version']}`;
		if (variation === '') return same(`${title} ${version}`, isPlain ? 0 : 3);
		return { name: joined(`${title} ${version}`), label: joined(version), rank: 6 };
	}
	if (network === 'shufflenet-v2') return same(`${title} ${knobs['scale']}×`, isPlain ? 2 : 5);
	if (network === 'alexnet') return same(isPlain ? title : joined(title), isPlain ? 1 : 8);
	if (variation === '') return same(title, ranks[network] ?? 5);
	// In the table the plain variant of a swept network says what it is, too.
	return { name: joined(title), label: isPlain ? title : variation, rank: isPlain ? 0 : 6 };
}

function variationOf({ network, knobs }: Variant, locale: Locale): string {
	const options = { locale };
	switch (network) {
		case 'squeezenet':
			if (knobs['bypass'] === 'simple') return m.compare_bypass_simple({}, options);
			return knobs['bypass'] === 'complex' ? m.compare_bypass_complex({}, options) : '';
		case 'mobilenet':
			if (knobs['convolution'] === 'standard') return m.compare_standard({}, options);
			if (knobs['repeats'] === 0) return m.compare_shallow({}, options);
			return `α ${knobs['alpha']}, ${knobs['resolution']} px`;
		case 'shufflenet':
			return `${knobs['scale']}×, g = ${knobs['groups']}`;
		case 'alexnet':
			return knobs['variant'] === 'single' ? m.compare_one_tower({}, options) : '';
		default:
			return '';
	}
}
