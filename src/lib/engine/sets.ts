import * as v from 'valibot';
import type { FileFacts } from '../stored/check';
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
	share: v.exactOptional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
	storage: v.picklist(['float32', 'float16', 'uint8', 'uint16']),
	accuracy: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
	bytes: count,
	hash: v.string(),
	files: v.record(
		v.string(),
		v.object({ bytes: count, sha256: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)) })
	),
	source: v.string(),
	licence: v.string()
});
/**
 * Weights that the site serves, and all that a page says of them before it fetches them: the `set.json` of a folder, beside
 * its model.json and shards.
 */
export interface WeightSet {
	/** The folder's name. */
	readonly id: string;
	readonly title: string;
	readonly network: NetworkId;
	/** Knobs of the network that the weights are for; others have their defaults. */
	readonly knobs: Readonly<Record<string, string | number | boolean>>;
	/** Names of the classes, or ImageNet's thousand. */
	readonly classes: 'imagenet' | readonly string[];
	readonly preprocessing: Preprocessing;
	/** Share of a picture's short side that the network sees; default as `cropSquare` has it. */
	readonly share?: number;
	readonly storage: 'float32' | 'float16' | 'uint8' | 'uint16';
	/** Share of its data's test pictures that are right, where that was measured for this site; see its card.json. */
	readonly accuracy?: number;
	/** Bytes that are fetched. */
	readonly bytes: number;
	/** Of all its files, by which sets are told apart. */
	readonly hash: string;
	/** What is fetched, model.json and its shards, by name; checked whenever it is used. */
	readonly files: Readonly<Record<string, FileFacts>>;
	/** Who made the weights, and where they were published. */
	readonly source: string;
	readonly licence: string;
}

/** Reads a `set.json`. @throws Error naming what does not fit */
export function parseSet(json: string): WeightSet {
	return v.parse(setSchema, JSON.parse(json));
}

/** Writes what {@link parseSet} reads. */
export function formatSet(set: WeightSet): string {
	return `${JSON.stringify(set, null, '\t')}\n`;
}
