import * as v from 'valibot';
import { networkIds, type NetworkId } from '../nets';
import type { Preprocessing } from './picture';

const triple = v.tuple([v.number(), v.number(), v.number()]);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const setSchema = v.object({
	id: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
	title: v.string(),
	network: v.picklist(networkIds),
	knobs: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
	classes: v.union([v.literal('imagenet'), v.array(v.string())]),
	preprocessing: v.object({
		order: v.picklist(['rgb', 'bgr']),
		mean: triple,
		deviation: triple
	}),
	storage: v.picklist(['float32', 'float16', 'uint8', 'uint16']),
	bytes: count,
	hash: v.string(),
	source: v.string(),
	licence: v.string()
});
const indexSchema = v.object({ sets: v.array(setSchema) });

/** Weights that the site serves, and all that a page says of them before it fetches them. */
export interface WeightSet {
	/** Folder beside the index, with its model.json and shards. */
	readonly id: string;
	readonly title: string;
	readonly network: NetworkId;
	/** Knobs of the network that the weights are for; others have their defaults. */
	readonly knobs: Readonly<Record<string, string | number | boolean>>;
	/** Names of the classes, or ImageNet's thousand. */
	readonly classes: 'imagenet' | readonly string[];
	readonly preprocessing: Preprocessing;
	readonly storage: 'float32' | 'float16' | 'uint8' | 'uint16';
	/** Bytes that are fetched. */
	readonly bytes: number;
	/** Of all its files, so that a cache notices other ones. */
	readonly hash: string;
	/** Who made the weights, and where they were published. */
	readonly source: string;
	readonly licence: string;
}

/** Reads `index.json` of a folder of weights. @throws Error naming what does not fit */
export function parseSets(json: string): readonly WeightSet[] {
	return v.parse(indexSchema, JSON.parse(json)).sets;
}

/** Writes what {@link parseSets} reads. */
export function formatSets(sets: readonly WeightSet[]): string {
	return `${JSON.stringify({ sets }, null, '\t')}\n`;
}
