import type { Preprocessing } from '../format';

/** Who wrote a model, as this site's files say. */
export const producer = 'lightnets';

/** Ends the names of what stands for a weight that a layer of this site does not have, so that it is not counted as one. */
export const fixedEnding = '.fixed';

/** Where in the metadata of a model names of classes stand: as Ultralytics has them, which other readers know. */
export const labelsKey = 'names';

/** Where it says how its pictures are prepared; ONNX has no entry of its own for that. */
export const preparationKey = 'preprocessing';

/** How pictures are prepared, as a file says: `share` of their short side, where it says so. */
export interface Preparation {
	readonly preprocessing: Preprocessing;
	readonly share?: number;
}

export const preparationText = ({ order, mean, deviation }: Preprocessing, share?: number): string =>
	JSON.stringify({ order, mean, deviation, ...(share !== undefined && { share }) });

/** The inverse of {@link preparationText}; `null` for what others may have written there. */
export function preparationIn(metadata: ReadonlyMap<string, string>): Preparation | null {
	const value = jsonOf(metadata.get(preparationKey));
	if (typeof value !== 'object' || value === null) return null;
	const { order, mean, deviation, share } = value as Record<string, unknown>;
	if ((order !== 'rgb' && order !== 'bgr') || !isTriple(mean) || !isTriple(deviation)) return null;
	if (deviation.some((n) => n === 0)) return null;
	const isShare = typeof share === 'number' && share > 0 && share <= 1;
	return { preprocessing: { order, mean, deviation }, ...(isShare && { share }) };
}

const isTriple = (value: unknown): value is readonly [number, number, number] =>
	Array.isArray(value) && value.length === 3 && value.every((n) => Number.isFinite(n));

function jsonOf(text: string | undefined): unknown {
	try {
		return text === undefined ? null : JSON.parse(text);
	} catch {
		return null;
	}
}

/** Most characters of names of classes that Python wrote. */
const longest = 1 << 16;

/** Names of classes that exporters leave in the metadata: YOLO's `{0: 'person', 1: …}` as Python writes it, or a list, also as JSON. */
export function labelsIn(metadata: ReadonlyMap<string, string>): string[] | null {
	const text = metadata.get(labelsKey) ?? metadata.get('classes') ?? metadata.get('labels');
	if (text === undefined) return null;
	const list = jsonOf(text);
	if (Array.isArray(list) && list.length > 0 && list.every((name) => typeof name === 'string')) return list;
	const found = Array.from(
		text.slice(0, longest).matchAll(/(?:\d+\s*:\s*)?(?:'([^']*)'|"([^"]*)")/g),
		(match) => match[1] ?? match[2] ?? ''
	);
	return found.length > 0 ? found : null;
}
