import { readFileSync } from 'node:fs';
import { parseCard, type QuantizationFigures } from '$lib/engine/card';
import type { WeightSet } from '$lib/engine/client';
import { matchWeights } from '$lib/formats/match';
import { parseManifest, readTensors, shardsOf } from '$lib/formats/tfjs';
import { networkById, resolveGraph, type ResolvedGraph, type TrainedWeights } from '$lib/nets';
import type { Family } from '$lib/nets/networks/network';
import { m, type Locale } from '$lib/i18n';
import { titleOf } from '$lib/viz/words/networkTitles';
import { equalizingFactors } from '$lib/nets/quantization/equalize';
import { groupNodes } from '$lib/nets/quantization/groups';
import { layerSpreads, type LayerSpread } from '$lib/nets/quantization/spread';
import { integersKnobs } from './integersKnobs';
import { storedBytes, type Counted } from './storedBytes';

/** A set of weights as integers: what was measured, and how far its channels lie apart. */
export interface IntegersOfSet extends Omit<QuantizationFigures, 'unequalized'> {
	/** Of the set. */
	readonly id: string;
	/** Of this among all: a set may be rounded in two ways. */
	readonly key: string;
	/** Whether the site runs the set so. */
	readonly isUsed: boolean;
	/** What it is of: as the page calls it, and whose hue it has. */
	readonly network: WeightSet['network'];
	readonly name: string;
	readonly family: Family;
	/** As it was trained, with 32 bits. */
	readonly trained: { readonly bytes: number; readonly accuracy: number };
	readonly counted: Counted;
	readonly layers: readonly LayerSpread[];
}

/** Channels of a layer that are drawn. */
const points = 48;

/** Bits that a reader can choose. */
const { min, max } = integersKnobs.width;
const triedBits = Array.from({ length: max - min + 1 }, (_, i) => min + i);

/** What the page tells of a set as integers, of each way in which it was measured. @throws Error where its files do not fit */
export function integersOf(folder: string, set: WeightSet, lang: Locale): IntegersOfSet[] {
	const read = (name: string) => readFileSync(`${folder}/${set.id}/${name}`);
	const { quantization, engineAccuracy } = parseCard(read('card.json').toString());
	if (!quantization || engineAccuracy === null) return [];
	const network = networkById(set.network);
	const { family, build } = network;
	const resolved = resolveGraph(build(set.knobs));
	const manifest = parseManifest(read('model.json').toString());
	const tensors = readTensors(manifest, new Map(shardsOf(manifest).map((path) => [path, read(path)])));
	const { weights, problems } = matchWeights(resolved, tensors);
	if (!weights) throw new Error(`${set.id}: ${problems[0]!.message}`);
	const values = Object.values(weights).flatMap((of) => Object.values(of));
	const trained = {
		bytes: 4 * values.reduce((sum, { data }) => sum + data.length, 0),
		accuracy: engineAccuracy
	};
	const title = titleOf(network, lang);
	const { unequalized, isEqualized = false, ...measured } = quantization;
	const ways = [
		...(unequalized ? [{ ...measured, ...unequalized, isEqualized: false, isUsed: false }] : []),
		{ ...measured, isEqualized, isUsed: true }
	];
	return ways.map((way) => {
		const factors = way.isEqualized ? equalizingFactors(resolved, weights) : undefined;
		return {
			...way,
			...{ id: set.id, key: way.isUsed ? set.id : `${set.id}-unequalized` },
			...{ network: set.network, family, trained },
			name: way.isEqualized ? m.integers_name_equalized({ network: title }, { locale: lang }) : title,
			counted: countedOf(resolved, weights, way.settings),
			layers: layersOf(set, way.isEqualized, () =>
				layerSpreads(resolved, weights, triedBits, points, factors)
			)
		};
	});
}

/** By set, and whether its channels are equalised: pages in all languages have the same layers. */
const knownLayers = new Map<string, readonly LayerSpread[]>();

function layersOf(
	{ id, hash }: WeightSet,
	isEqualized: boolean,
	make: () => readonly LayerSpread[]
): readonly LayerSpread[] {
	const key = `${id} ${hash} ${isEqualized}`;
	const known = knownLayers.get(key);
	if (known) return known;
	const layers = make().map((layer) => ({
		...layer,
		// Of one channel that is far too wide, the others are tiny shares, and not none.
		largest: layer.largest.map((share) => Number(share.toPrecision(4))),
		errors: Object.fromEntries(
			Object.entries(layer.errors).map(([bits, { channel, tensor }]) => [
				bits,
				{ channel: rounded(channel), tensor: rounded(tensor) }
			])
		)
	}));
	knownLayers.set(key, layers);
	return layers;
}

/** @throws Error where that does not come to the bytes that were measured */
function countedOf(
	resolved: ResolvedGraph,
	trained: TrainedWeights,
	settings: QuantizationFigures['settings']
): Counted {
	let [weights, channels, layers] = [0, 0, 0];
	for (const { main, output } of groupNodes(resolved)) {
		const { kernel, gamma } = trained[main.id] ?? {};
		const filters = kernel ?? gamma;
		if (!filters) continue;
		layers++;
		weights += filters.data.length;
		channels += output.shape[2];
	}
	const { bits, granularity, bytes } = settings[0]!;
	const without = storedBytes({ weights, channels, layers, tensors: 0 }, bits, granularity);
	const counted = { weights, channels, layers, tensors: (bytes - without) / 5 };
	const wrong = settings.find((of) => storedBytes(counted, of.bits, of.granularity) !== of.bytes);
	if (wrong) throw new Error(`${wrong.bits} bits take ${wrong.bytes} bytes, which these weights do not`);
	return counted;
}

/** Three digits: what is shown. */
const rounded = (value: number): number => Number(value.toPrecision(3));
