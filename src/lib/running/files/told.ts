import type { OpenedModel, Preprocessing } from '$lib/formats';
import { fieldsOf } from '$lib/stored/shapes';

/** What a reader knows better than a file: names of the classes, and how pictures are prepared. */
export type Told = Partial<Pick<OpenedModel, 'labels' | 'preprocessing' | 'share'>> & {
	/** The file that the names were in. */
	readonly labelsFrom?: string;
};

/** Most names of classes, and characters of one. */
const [most, longest] = [1 << 16, 200];

/** What was told, of what may be anything at all: the page did not write it now. */
export function toldIn(value: unknown): Told {
	const { labels, labelsFrom, preprocessing, share } = fieldsOf(value);
	return {
		...(areLabels(labels) && {
			labels,
			...(typeof labelsFrom === 'string' && { labelsFrom: labelsFrom.slice(0, longest) })
		}),
		...(isPreprocessing(preprocessing) && { preprocessing }),
		...(typeof share === 'number' && share > 0 && share <= 1 && { share })
	};
}

const areLabels = (value: unknown): value is readonly string[] =>
	Array.isArray(value) &&
	value.length > 0 &&
	value.length <= most &&
	value.every((name) => typeof name === 'string' && name.length <= longest);

function isPreprocessing(value: unknown): value is Preprocessing {
	const { order, mean, deviation } = fieldsOf(value);
	const areThree = (of: unknown, isFit: (value: number) => boolean) =>
		Array.isArray(of) &&
		of.length === 3 &&
		of.every((one) => typeof one === 'number' && Number.isFinite(one) && isFit(one));
	return (
		(order === 'rgb' || order === 'bgr') &&
		areThree(mean, () => true) &&
		areThree(deviation, (one) => one > 0)
	);
}

const fileName = 'told.json';
const files = new WeakMap<Told, File>();

/** The same as a file, the same one each time, so that it is not written again. */
export function fileOf(told: Told): File {
	const known = files.get(told) ?? new File([JSON.stringify(told)], fileName);
	files.set(told, known);
	return known;
}

/** What a file says that was made of it; nothing where it is none. */
export async function toldOf(file: File | undefined): Promise<Told> {
	if (file?.name !== fileName) return {};
	try {
		return toldIn(JSON.parse(await file.text()));
	} catch {
		return {};
	}
}
