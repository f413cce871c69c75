import type { OpenedModel } from '$lib/formats';
import { addCarrier, type CarriedFiles } from '$lib/stored/carriers';
import { areNames, fieldsOf } from '$lib/stored/shapes';
import { keepText, readJson, readText } from '$lib/stored/texts';
import { sayUnloaded } from '$lib/stored/unloaded';
import { fileOf, type Told } from './told';

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
export interface OpenedFiles {
	readonly model: OpenedModel;
	readonly files: readonly File[];
}

export interface OpenedHere extends OpenedFiles {
	/** Height and width that were asked for, where the files leave them open. */
	readonly size: number | null;
	/** What it is kept as in this browser; `null` where it is not. */
	readonly storedId: string | null;
	/** Whether it is what this tab has just taught, opened to be looked into. */
	readonly isTaught?: boolean;
	/** What the reader knows better than the files, and the model has by now. */
	readonly told?: Told;
	/** What the files say, where the reader has told otherwise. */
	readonly byFile?: ByFile;
}
export type ByFile = Pick<OpenedModel, 'preprocessing' | 'share' | 'labels'>;

/** A model with what the reader knows better than its files. */
export function withTold(opened: OpenedHere, told: Told): OpenedHere {
	if (Object.keys(told).length === 0) return opened;
	const { labelsFrom: _, ...better } = told;
	return {
		...{ ...opened, model: { ...opened.model, ...better }, told: { ...opened.told, ...told } },
		byFile: opened.byFile ?? opened.model
	};
}

/** A model with the names of classes that its files have, or none. */
function withoutNames(opened: OpenedHere): OpenedHere {
	const { labels: _, labelsFrom: __, ...told } = opened.told ?? {};
	return { ...opened, told, model: { ...opened.model, labels: opened.byFile?.labels ?? null } };
}

/** What the reader has told of files that are opened again, as they are at another size of pictures, or are kept. */
export async function toldAbout(files: readonly File[], storedId: string | null): Promise<Told> {
	if (current?.told && areSame(current.files, files)) return current.told;
	if (storedId === null) return {};
	const [{ readTold }, { toldIn }] = await Promise.all([import('$lib/stored/models'), import('./told')]);
	return toldIn(await readTold(storedId));
}

/** Of files that were given, those that what was opened is from. */
export const takenFrom = (
	{ unopened = [], unused = [] }: Pick<OpenedModel, 'unopened' | 'unused'>,
	files: readonly File[]
): readonly File[] => files.filter((_, at) => !unopened.includes(at) && !unused.includes(at));

/** Whether two lists are of the same files, and not only of such that are alike. */
export const areSame = (some: readonly File[], others: readonly File[]): boolean =>
	some.length === others.length && some.every((file, at) => file === others[at]);

/** Height of its pictures, where it takes one that is as wide; `null` for any other, which cannot be sized. */
export function sizeOf({ model, size }: Pick<OpenedHere, 'model' | 'size'>): number | null {
	const [input, ...others] = model.graph.inputs;
	if (!input || others.length > 0) return null;
	const [height, width] = input.shape;
	// One position is no picture's, unless it was asked for.
	return height === width && (height > 1 || size === 1) ? height : null;
}

let current: OpenedHere | null = null;

/**
 * The model that was opened last in this tab. It holds until the page is loaded anew, since its weights are too many for an address;
 * where the reader has it kept, its address opens it again.
 */
export const openedHere = (): OpenedHere | null => current;

export function holdOpened(opened: OpenedHere | null): void {
	current = opened;
	// When the page is loaded anew, it can say what it has lost, or open it again.
	const lost: Lost | null = opened && {
		...{ names: namesOf(opened.files), hasWeights: opened.model.weights !== null },
		storedId: opened.storedId
	};
	keepText(
		'tab',
		weightsKey,
		lost && (lost.hasWeights || lost.storedId !== null) ? JSON.stringify(lost) : null
	);
	// What two stood side by side before the page was loaded anew is over, too.
	if (opened && !isRestoring && !sides) keepText('tab', sidesKey, null);
	renewCarried();
}

/** What this tab had open, for when it is loaded anew. */
interface Lost {
	readonly names: readonly string[];
	readonly hasWeights: boolean;
	readonly storedId: string | null;
}

function readLost(): Lost | null {
	const { names, hasWeights, storedId } = fieldsOf(readJson('tab', weightsKey));
	const isLost =
		areNames(names, mostFiles) &&
		typeof hasWeights === 'boolean' &&
		(storedId === null || (typeof storedId === 'string' && isId(storedId)));
	return isLost ? { names, hasWeights, storedId } : null;
}

/** What this browser keeps a network as; see `isModelId`, which comes late. */
const isId = (text: string) => /^[0-9a-f]{16}$/.test(text);

/** What went along to another language is gone back to: it becomes what is held now. */
function renewCarried(): void {
	// Without such a way there is nothing to load for it.
	if (readText('tab', 'carried') === null || isRestoring) return;
	void import('$lib/stored/carried').then(({ renew }) => renew('networks', openedFiles())).catch(() => {});
}
let isRestoring = false;

/** Holds what has come along: that is carried already. */
export function holdRestored(hold: () => void): void {
	isRestoring = true;
	hold();
	isRestoring = false;
}

/** Files that this page was opened for before, by the address's hash: the way back leads to them. */
const before = new Map<string, Pick<OpenedHere, 'files' | 'size' | 'storedId'>>();
/** Entries that are remembered; files stay where they are, so each takes little. */
const mostRemembered = 20;

export function rememberOpened(hash: string, { files, size, storedId }: OpenedHere): void {
	// Without one it is the tab's, whatever that is.
	if (hash === '') return;
	before.delete(hash);
	before.set(hash, { files, size, storedId });
	if (before.size > mostRemembered) before.delete([...before.keys()][0]!);
}

export const openedBefore = (hash: string) => before.get(hash) ?? null;

/** Notes what a reader knows better than the file: it holds for all pages, is exported, goes along and is kept with the files. */
export const changeOpened = (change: Told): void => renew((opened) => withTold(opened, change));

/** Has the names of classes that the files have, or none, in the place of those that a reader gave. */
export const forgetNames = (): void => renew(withoutNames);

function renew(change: (opened: OpenedHere) => OpenedHere): void {
	if (!current) return;
	current = change(current);
	renewCarried();
	const { storedId, told } = current;
	if (storedId === null) return;
	void import('$lib/stored/models').then(({ keepTold }) => keepTold(storedId, told)).catch(sayUnloaded);
}

const weightsKey = 'own-weights';

/**
 * Names of the files that a graph's weights were in, where this tab has opened them and has lost them since, by being loaded anew.
 * @param text of the graph that is shown
 */
export function lostWeights(text: string): readonly string[] | null {
	const lost = current ? null : readLost();
	return lost?.hasWeights && isOfTab(text) ? lost.names : null;
}

/** What this browser keeps the network as that this tab opened last; `null` where it does not. */
export const storedIdOfTab = (): string | null => (current ?? readLost())?.storedId ?? null;

/** Whether a graph is the one that this tab opened last, and not another that an address holds. */
export function isOfTab(text: string): boolean {
	const opened = readText('tab', 'own-graph');
	return opened !== null && isSameJson(text, opened);
}

function isSameJson(a: string, b: string): boolean {
	try {
		return a === b || JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
	} catch {
		return false;
	}
}

/** Both networks of the page that compares two; `null` elsewhere. */
let sides: readonly (OpenedFiles | null)[] | null = null;
export const sidesHere = () => sides;
export function holdSides(held: typeof sides): void {
	sides = held;
	const names = held?.map((side) => side && namesOf(side.files));
	keepText('tab', sidesKey, names?.some(Boolean) ? JSON.stringify(names) : null);
	renewCarried();
}

const sidesKey = 'two-files';

type SideFiles = readonly (readonly File[] | null)[];
/** Files that were compared before, by what an entry of the tab's history knows them by. */
const sidesOfEntries = new Map<string, SideFiles>();

/** Remembers the files of both sides for the way back to them. @returns what they are found by; `null` for none */
export function rememberSides(): string | null {
	if (!sides?.some(Boolean)) return null;
	// No other page that this tab has loaded gives the same.
	const id = `${performance.timeOrigin} ${sidesOfEntries.size} ${performance.now()}`;
	sidesOfEntries.set(
		id,
		sides.map((side) => side && side.files)
	);
	if (sidesOfEntries.size > mostRemembered) sidesOfEntries.delete([...sidesOfEntries.keys()][0]!);
	return id;
}

/** What was remembered; `null` where the page was loaded anew since. */
export const sidesBefore = (id: string): SideFiles | null => sidesOfEntries.get(id) ?? null;

/** Names of the files of both sides that this tab had open, and has lost by being loaded anew; `null` for a side that had none. */
export function lostSides(): readonly (readonly string[] | null)[] {
	const found = sides ? null : readJson('tab', sidesKey);
	return [0, 1].map((at) => {
		const names: unknown = Array.isArray(found) ? found[at] : null;
		return areNames(names, mostFiles) && names.length > 0 ? names : null;
	});
}

addCarrier({
	kind: 'networks',
	hasAny: () => openedFiles().length > 0,
	give: async () => openedFiles()
});

/** What files are opened as: the network of the tab, or a side of the page that compares two. */
export type Place = 'own' | 0 | 1;

/** Files that are being read, by what they are to be. */
const reading = new Map<Place, { readonly files: readonly File[]; readonly size: number | null }>();

/** Has files that are being read go along as well, and be read there. @returns what ends it */
export function holdReading(as: Place, files: readonly File[], size: number | null): () => void {
	const own = { files, size };
	reading.set(as, own);
	return () => {
		if (reading.get(as) === own) reading.delete(as);
	};
}

/** Whether files are being read as it. */
export const isBeingRead = (as: Place): boolean => reading.has(as);

/** What a group of files is. */
export interface CarriedAbout {
	readonly as: Place;
	/** Whether they were still being read. */
	readonly isReading?: boolean;
	readonly size: number | null;
	readonly storedId: string | null;
	readonly isTaught?: boolean;
	/** Whether the last of its files is what the reader has told of the others. */
	readonly isTold?: boolean;
}

/** What was put down with a group, where it is such. */
export function aboutOf(value: unknown): CarriedAbout | null {
	const { as, size, storedId, isTaught = false, isReading = false, isTold = false } = fieldsOf(value);
	if (as !== 'own' && as !== 0 && as !== 1) return null;
	if (size !== null && !(Number.isInteger(size) && (size as number) >= 1 && (size as number) <= 4096))
		return null;
	if (storedId !== null && !(typeof storedId === 'string' && isId(storedId))) return null;
	if (typeof isTaught !== 'boolean' || typeof isReading !== 'boolean' || typeof isTold !== 'boolean')
		return null;
	return { as, size: size as number | null, storedId, isTaught, isReading, ...(isTold && { isTold }) };
}

function openedFiles(): readonly CarriedFiles[] {
	const groups: CarriedFiles[] = [];
	const add = (files: readonly File[], about: CarriedAbout) => groups.push({ files, about });
	if (current) {
		const { files, size, storedId, isTaught = false, told } = current;
		add(told ? [...files, fileOf(told)] : files, {
			...{ as: 'own', size, storedId, isTaught },
			...(told && { isTold: true })
		});
	}
	for (const [at, side] of (sides ?? []).entries())
		if (side) add(side.files, { as: at as 0 | 1, size: null, storedId: null });
	for (const [as, { files, size }] of reading) add(files, { as, size, storedId: null, isReading: true });
	return groups;
}

/** What this browser keeps files as, the size that was asked for with them, and whether this tab has just taught them. */
export interface HandedFrom {
	readonly storedId?: string;
	readonly size?: number | null;
	readonly isTaught?: boolean;
	/** What they hold, where they were read already. */
	readonly opened?: OpenedModel;
}
type Taker = (files: readonly File[], from: HandedFrom) => void;
let taker: Taker | null = null;
/** Files on their way to the page that opens them. */
let handed: readonly [files: readonly File[], from: HandedFrom] | null = null;

/** Whether a page is there that opens files. */
export const hasTaker = (): boolean => taker !== null;

/** Hands files to whoever opens them: now where there is one, else when there is. */
export function handFiles(files: readonly File[], from: HandedFrom = {}): void {
	if (taker) taker(files, from);
	else handed = [files, from];
}

/** Takes files that are handed over, those on their way too. @returns ends it */
export function takeHandedFiles(take: Taker): () => void {
	taker = take;
	if (handed) take(...handed);
	handed = null;
	return () => {
		if (taker === take) taker = null;
	};
}
