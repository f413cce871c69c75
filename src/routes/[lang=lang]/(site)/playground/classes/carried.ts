import * as v from 'valibot';
import { openInWorker } from '$lib/running/files/openInWorker';
import type { OpenedHere } from '$lib/running/files/opened';
import { takeUp } from '$lib/stored/carried';
import type { CarriedFiles, TakenFiles } from '$lib/stored/carriers';
import type { Backbone } from './networks';
import { inThisLanguage } from './givenNames';
import { keptOf, type Kept } from './kept';
import { OwnClass } from './ownClass.svelte';
import type { Changed } from './changed';
import type { Learned } from './teaching.svelte';

/** All of the page that is there again where it is loaded anew, in another language or in the same. */
export interface Carried {
	readonly classes: readonly OwnClass[];
	readonly learned: readonly Learned[];
	/** Milliseconds that the training of what was learned took. */
	readonly took: number | null;
	/** What is other by now than what was learned. */
	readonly changed: Changed | null;
	/** Whether a training is under way. */
	readonly isTeaching: boolean;
	/** Whether the browser keeps the classes as they are here. */
	readonly isKept: boolean;
	/** The network that takes part, where the tab has another one open. */
	readonly opened: OpenedHere | null;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const counts = v.array(count);
/** JSON has no infinity, and no NaN. */
const number = v.number();
const learnedSchema = v.object({
	network: v.string(),
	/** Of its weights; `null` for one that was opened. */
	set: v.nullable(v.string()),
	classes: counts,
	pictures: counts,
	labels: counts,
	time: v.object({ median: number, low: number, high: number, count }),
	milliseconds: number,
	loss: number,
	steps: count,
	hasConverged: v.boolean(),
	examination: v.object({ way: v.picklist(['heldOut', 'folds']), folds: v.array(counts) }),
	examined: v.object({
		answers: v.array(v.nullable(count)),
		confusion: v.array(counts),
		right: count,
		tested: count
	})
});
/** Classes and pictures, on the page or learned from, are numbered: two may share one. */
const aboutSchema = v.object({
	classes: v.array(v.object({ name: v.string(), isOff: v.boolean(), pictures: counts })),
	/** Those on the page. */
	shown: counts,
	pictureCount: count,
	learned: v.array(learnedSchema),
	took: v.nullable(number),
	changed: v.nullable(v.picklist(['classes', 'networks', 'seed'])),
	isTeaching: v.boolean(),
	isKept: v.boolean()
});
const openedSchema = v.object({ size: v.nullable(count), storedId: v.nullable(v.string()) });
type About = v.InferOutput<typeof aboutSchema>;

/** What goes along, as files: pictures, then kernel and bias of each head. */
export function packed(given: Carried): readonly CarriedFiles[] {
	const classes = numbered([...given.classes, ...given.learned.flatMap((of) => of.classes)]);
	const pictures = numbered([
		...[...classes.keys()].flatMap((of) => of.pictures),
		...given.learned.flatMap((of) => of.pictures)
	]);
	const about: About = {
		classes: Array.from(classes.keys(), ({ name, isOff, pictures: own }) => ({
			...{ name, isOff },
			pictures: own.map((picture) => pictures.get(picture)!)
		})),
		shown: given.classes.map((of) => classes.get(of)!),
		pictureCount: pictures.size,
		learned: given.learned.map(({ backbone, taught, ...of }) => ({
			...{ network: backbone.id, set: backbone.set?.id ?? null },
			classes: of.classes.map((one) => classes.get(one)!),
			pictures: of.pictures.map((picture) => pictures.get(picture)!),
			...{ labels: [...of.labels], time: of.time, milliseconds: taught.milliseconds },
			loss: taught.trained.loss,
			steps: taught.trained.steps,
			hasConverged: taught.trained.hasConverged,
			examination: {
				way: taught.examination.way,
				folds: taught.examination.folds.map((fold) => [...fold])
			},
			examined: {
				...taught.examined,
				answers: [...taught.examined.answers],
				confusion: taught.examined.confusion.map((row) => [...row])
			}
		})),
		...{ took: given.took, changed: given.changed },
		...{ isTeaching: given.isTeaching, isKept: given.isKept }
	};
	const heads = given.learned.flatMap(({ taught }) => {
		const { kernel, bias } = taught.trained.head;
		return [kernel, bias].map(fileOf);
	});
	const files = [...Array.from(pictures.keys(), ({ blob }) => blob), ...heads];
	const { opened } = given;
	return [
		{ files, about },
		...(opened ? [{ files: opened.files, about: { size: opened.size, storedId: opened.storedId } }] : [])
	];
}

/** Each the same file whenever it is asked for, which is not written again. */
const filesOf = new WeakMap<Float32Array, Blob>();
function fileOf(values: Float32Array): Blob {
	const file = filesOf.get(values) ?? new Blob([values as BlobPart]);
	filesOf.set(values, file);
	return file;
}

/**
 * Takes what has come along; it stays put down for the way back.
 * @param backbonesWith networks that may have learned, with one that has come along or the one that the tab has open
 * @returns `null` for nothing, or what cannot be read
 */
export async function takeCarried(
	backbonesWith: (opened: OpenedHere | null) => readonly Backbone[]
): Promise<Carried | null> {
	const [first, second] = await takeUp('classes', { stays: true });
	const parsed = v.safeParse(aboutSchema, first?.about);
	if (!first || !parsed.success) return null;
	const { classes: found, shown, pictureCount, learned, ...rest } = parsed.output;
	const opened = second ? await openedOf(second) : null;
	const pictures = await Promise.all(first.files.slice(0, pictureCount).map(keptOf));
	const heads = await Promise.all(
		first.files.slice(pictureCount).map(async (file) => new Float32Array(await file.arrayBuffer()))
	);
	const picked = (of: readonly number[]): readonly Kept[] => of.map((i) => pictures[i]!);
	const backbones = backbonesWith(opened);
	const names = inThisLanguage(found.map(({ name }) => name));
	const classes = found.map((of, i) => new OwnClass(names[i]!, picked(of.pictures), of.isOff));
	return {
		...{ ...rest, opened },
		classes: shown.map((i) => classes[i]!),
		learned: learned.flatMap((of, i): Learned | [] => {
			const backbone = backbones.find(({ id, set }) => id === of.network && (set?.id ?? null) === of.set);
			if (!backbone) return [];
			const { loss, steps, hasConverged, examination, examined, milliseconds } = of;
			const head = { kernel: heads[2 * i]!, bias: heads[2 * i + 1]! };
			return {
				...{ backbone, labels: of.labels, time: of.time },
				classes: of.classes.map((one) => classes[one]!),
				pictures: picked(of.pictures),
				taught: { trained: { head, loss, steps, hasConverged }, examination, examined, milliseconds }
			};
		})
	};
}

async function openedOf({ files, about }: TakenFiles): Promise<OpenedHere | null> {
	const parsed = v.safeParse(openedSchema, about);
	if (!parsed.success) return null;
	const { size, storedId } = parsed.output;
	const model = await openInWorker(
		{ files, ...(size !== null && { size }) },
		{ signal: new AbortController().signal, progress: () => {} }
	).catch(() => null);
	return model?.kind === 'model' ? { ...{ model, files }, size, storedId } : null;
}

/** Different things by their place among them. */
function numbered<Thing>(things: readonly Thing[]): ReadonlyMap<Thing, number> {
	return new Map([...new Set(things)].map((thing, i) => [thing, i]));
}
