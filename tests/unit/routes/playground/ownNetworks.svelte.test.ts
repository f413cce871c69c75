import { expect, it } from 'vitest';
import { preprocessings } from '$lib/engine/picture';
import type { WeightSet } from '$lib/engine/sets';
import { networkById } from '$lib/nets';
import type { OpenedHere } from '$lib/running/files/opened';
import {
	backbones,
	hasPublished
} from '../../../../src/routes/[lang=lang]/(site)/playground/classes/networks';

const set = (id: string, of: Pick<WeightSet, 'network' | 'knobs' | 'classes'>): WeightSet => ({
	...{ id, title: id, preprocessing: preprocessings.symmetric, storage: 'float32', bytes: 1000 },
	...{ hash: id, files: {}, source: 'somebody', licence: 'MIT' },
	...of
});
const small = set('cifar10-mobilenet', {
	network: 'mobilenet',
	knobs: { alpha: 0.25, resolution: 32, classes: 2 },
	classes: ['cat', 'ship']
});
const smallXception = set('cifar10-xception', {
	network: 'xception',
	knobs: { width: 0.125, resolution: 32, classes: 2 },
	classes: ['cat', 'ship']
});
const published = set('mobilenet_v1_0.25_224', {
	network: 'mobilenet',
	knobs: { alpha: 0.25, resolution: 224 },
	classes: 'imagenet'
});
const sets = [small, smallXception, published];

const opened = (graph: OpenedHere['model']['graph'], weights: OpenedHere['model']['weights'] = {}) =>
	({
		files: [],
		model: {
			...{ kind: 'model', format: 'onnx', graph, weights, preprocessing: null, labels: null, notes: [] }
		}
	}) as unknown as OpenedHere;

it('takes published weights of those networks that have some, and small ones of the others', () => {
	expect(hasPublished(sets)).toBe(true);
	expect(hasPublished([small, smallXception])).toBe(false);
	expect(backbones(sets, 'published', null).map(({ set: of }) => of!.id)).toEqual([
		published.id,
		smallXception.id
	]);
	expect(backbones(sets, 'small', null).map(({ set: of }) => of!.id)).toEqual([small.id, smallXception.id]);
});

it('takes features at the size that the weights look at, of what the classifier reads', () => {
	const [large] = backbones(sets, 'published', null);
	const [little] = backbones(sets, 'small', null);
	expect([large!.lane.parts.graph.graph.inputs[0]!.shape, large!.features.shape[2]]).toEqual([
		[224, 224, 3],
		256
	]);
	expect([little!.lane.parts.graph.graph.inputs[0]!.shape, little!.features.shape[2]]).toEqual([
		[32, 32, 3],
		256
	]);
});

it('has a network that was opened take part where it is a classifier of pictures with weights', () => {
	const classifier = networkById('mobilenet-v2').build({ alpha: 0.5, resolution: 64 });
	expect(backbones(sets, 'small', opened(classifier)).map(({ id }) => id)).toEqual([
		'mobilenet',
		'xception',
		'own'
	]);
	expect(backbones(sets, 'small', opened(classifier, null)).map(({ id }) => id)).not.toContain('own');
	const whole = networkById('squeezenet').build({ resolution: 99 });
	const nodes = whole.nodes.slice(0, 3);
	const headless = { ...whole, nodes, blocks: [], output: nodes[2]!.id };
	expect(backbones(sets, 'small', opened(headless)).map(({ id }) => id)).not.toContain('own');
});
