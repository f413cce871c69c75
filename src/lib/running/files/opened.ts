import type { OpenedModel } from '$lib/formats';

/** Files that are taken at a time: published networks have up to 55 of weights. */
export const mostFiles = 200;

/** Names of files, those first that say what the others are of. */
export const namesOf = (files: readonly File[]): string[] => {
	const isMain = (name: string) =>
		/(^model\.json|\.(onnx|keras|h5|hdf5|tflite|prototxt|safetensors))$/i.test(name);
	const names = files.map(({ name }) => name);
	return [...names.filter(isMain), ...names.filter((name) => !isMain(name))];
};

/** A model that was opened from files, and the files. */
export interface OpenedHere {
	readonly model: OpenedModel;
	readonly files: readonly File[];
	/** Height and width that were asked for, where the files leave them open. */
	readonly size: number | null;
	/** What it is kept as in this browser; `null` where it is not. */
	readonly storedId: string | null;
}

let current: OpenedHere | null = null;

/**
 * The model that was opened last in this tab. It holds until the page is loaded anew, since its weights are too many for an address;
 * where the reader has it kept, its address opens it again.
 */
export const openedHere = (): OpenedHere | null => current;

export function holdOpened(opened: OpenedHere | null): void {
	current = opened;
}

type Taker = (files: readonly File[]) => void;
let taker: Taker | null = null;
/** Files on their way to the page that opens them. */
let handed: readonly File[] | null = null;

/** Whether a page is there that opens files. */
export const hasTaker = (): boolean => taker !== null;

/** Hands files to whoever opens them: now where there is one, else when there is. */
export function handFiles(files: readonly File[]): void {
	if (taker) taker(files);
	else handed = files;
}

/** Takes files that are handed over, those on their way too. @returns ends it */
export function takeHandedFiles(take: Taker): () => void {
	taker = take;
	if (handed) take(handed);
	handed = null;
	return () => {
		if (taker === take) taker = null;
	};
}
