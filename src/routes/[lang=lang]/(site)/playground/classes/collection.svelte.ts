import type { Picture } from '$lib/engine/client';
import { joined, m } from '$lib/i18n';
import { plainName } from '$lib/nets/plainText';
import { decodePicture, draw } from '$lib/running/picture/decode';
import { PictureError } from '$lib/running/picture/inspect';
import { pictureProblem } from '$lib/running/picture/problems';
import { Unloaded } from '$lib/stored/unloaded';
import { cut } from '$lib/viz/words/cut';
import { formatBytes, formatCount } from '$lib/viz/words/format';
import { keep, keepFile, letGo, type Kept } from './kept';
import { areAlike, longestName, mostClasses, mostPictures, OwnClass } from './ownClass.svelte';
import { overlapOf } from './overlap';
import type { Archive } from './pictureArchive';
import { isArchive } from './pictureFile';
import type { Problem } from './problem.svelte';

/** What was taken away last, and can be brought back. */
export type Removal =
	| { readonly kind: 'class'; readonly of: OwnClass; readonly at: number }
	| {
			readonly kind: 'pictures';
			readonly of: OwnClass;
			readonly pictures: readonly { readonly picture: Kept; readonly at: number }[];
	  }
	/** All classes, which others took the place of. */
	| { readonly kind: 'all'; readonly classes: readonly OwnClass[] };

/** Classes to begin with, drawn on sheets. */
type Example = readonly { readonly name: string; readonly sheets: readonly HTMLCanvasElement[] }[];

/** What came of files: what is to be said of them, and how many were copies. */
interface Came {
	readonly said: string[];
	readonly copies: number;
}

/** What came of a picture: a `copy` of one that the class has is left out, and so is any where it is `full`. */
export type Taken = 'taken' | 'copy' | 'full';

/**
 * Files of those that are given at once that are read where the class is full: as many as it can have already, and as many again. Of those
 * after them it is not asked any more whether they are copies.
 */
const mostRead = 2 * mostPictures;

const firstClasses = () => [1, 2].map((number) => new OwnClass(m.classes_name({ number })));

/** The reader's classes and their pictures, and how they come to be here. What is taken away can be brought back once. */
export class Collection {
	classes: readonly OwnClass[] = $state.raw(firstClasses());
	/** While pictures are read, how many of how many. */
	reading: { readonly done: number; readonly count: number } | null = $state.raw(null);
	removal: Removal | null = $state.raw(null);
	readonly #problem: Problem;
	readonly #release: (pictures: readonly Kept[]) => void;
	#controller: AbortController | null = null;
	/** Files are read one after another. */
	#reads: Promise<void> = Promise.resolve();
	/** While other classes are on their way here: what is given meanwhile waits for them. */
	#coming: Promise<void> | null = null;
	/** Those in whose places they came. */
	#before: readonly OwnClass[] = [];
	/** All that was given and is not read yet, from its first moment on: archives, and pictures that are to be drawn, come first. */
	#given: readonly Promise<unknown>[] = [];

	readonly count = $derived(this.classes.reduce((sum, { pictures }) => sum + pictures.length, 0));
	/** Those that networks are to learn. */
	readonly learnable: readonly OwnClass[] = $derived(this.classes.filter(({ isOff }) => !isOff));
	/** Two of these that hold copies of the same pictures, the first that do, and how many. */
	readonly overlap = $derived.by(() => overlapOf(this.learnable));

	/** @param release told of pictures that are no longer here, and cannot be brought back */
	constructor(problem: Problem, release: (pictures: readonly Kept[]) => void) {
		this.#problem = problem;
		this.#release = release;
	}

	/** Comes when all that was given is read, or reading is cancelled. */
	async read(): Promise<void> {
		while (this.#given.length > 0) await Promise.allSettled(this.#given);
	}

	/** Whether anything is here, or comes, that was not there at first. */
	get isUsed(): boolean {
		return this.#given.length > 0 || this.classes.some((of) => of.isUsed);
	}

	/**
	 * Has what is given wait for classes that are on their way here: it goes into those that come to stand where it was given.
	 * @returns what is to be told once they are here, or none have come
	 */
	awaitOthers(): () => void {
		let end = () => {};
		const coming = new Promise<void>((come) => (end = come));
		this.#coming = coming;
		this.#before = this.classes;
		return () => {
			if (this.#coming === coming) this.#coming = null;
			end();
		};
	}

	/** The class that stands where one stood that others took the place of; that one itself where there are fewer of them. */
	async #inPlaceOf(of: OwnClass): Promise<OwnClass> {
		await this.#coming;
		const at = this.#before.indexOf(of);
		const there = this.classes[at] ?? of;
		if (at >= 0 && !this.classes.includes(there)) this.classes = [...this.classes, there];
		return there;
	}

	/** Has what is given be waited for. */
	#await<Came>(given: Promise<Came>): Promise<Came> {
		this.#given = [...this.#given, given];
		const end = () => (this.#given = this.#given.filter((other) => other !== given));
		given.then(end, end);
		return given;
	}

	/** Pictures on the page, and those that can be brought back to it. */
	get all(): readonly Kept[] {
		return [...this.classes.flatMap(({ pictures }) => pictures), ...picturesOf(this.removal)];
	}

	add(name?: string): OwnClass | null {
		if (this.classes.length >= mostClasses) return null;
		const added = new OwnClass(name ?? this.#freeName(this.classes.length + 1));
		this.classes = [...this.classes, added];
		return added;
	}

	rename(of: OwnClass, name: string): void {
		of.name = name.trim().slice(0, longestName) || this.#freeName(this.classes.indexOf(of) + 1, of);
	}

	/** The first name with a number that no other class has, nor one that can be brought back: it is said which was removed. */
	#freeName(number: number, of?: OwnClass): string {
		const removed = this.removal?.kind === 'class' ? [this.removal.of] : [];
		const names = [...this.classes, ...removed].filter((other) => other !== of).map(({ name }) => name);
		const nameOf = (n: number) => m.classes_name({ number: n });
		let free = number;
		while (names.some((name) => areAlike(name, nameOf(free)))) free++;
		return nameOf(free);
	}

	remove(of: OwnClass): void {
		this.#takeAway({ kind: 'class', of, at: this.classes.indexOf(of) });
		this.classes = this.classes.filter((other) => other !== of);
	}

	removePictures(of: OwnClass, pictures: readonly Kept[]): void {
		const gone = of.pictures
			.map((picture, at) => ({ picture, at }))
			.filter(({ picture }) => pictures.includes(picture));
		this.#takeAway({ kind: 'pictures', of, pictures: gone });
		of.pictures = of.pictures.filter((picture) => !pictures.includes(picture));
	}

	/** Puts other classes in the place of those that are here, which can be brought back. */
	replace(classes: readonly OwnClass[]): void {
		this.cancelReading();
		this.#problem.forget();
		const before = this.classes;
		this.#takeAway(before.some(({ isUsed }) => isUsed) ? { kind: 'all', classes: before } : null);
		this.classes = classes;
	}

	/** Brings back what was taken away last. */
	undo(): void {
		const { removal } = this;
		if (!removal) return;
		this.#problem.forget();
		if (removal.kind === 'all') {
			// What is here now goes where those were.
			this.removal = { kind: 'all', classes: this.classes };
			this.classes = removal.classes;
			return;
		}
		if (removal.kind === 'class') {
			if (this.classes.length >= mostClasses)
				return this.#problem.say('collecting', m.classes_problem_no_room({ max: mostClasses }));
			this.classes = this.classes.toSpliced(removal.at, 0, removal.of);
		} else
			for (const { picture, at } of removal.pictures)
				// One that was given anew meanwhile is back.
				if (!removal.of.has(picture)) removal.of.pictures = removal.of.pictures.toSpliced(at, 0, picture);
		this.removal = null;
	}

	/** What was taken away from what is learned now is not brought back: whoever goes on without it has decided. */
	settle(): void {
		if (this.removal?.kind !== 'all') this.#takeAway(null);
	}

	#takeAway(removal: Removal | null): void {
		const before = picturesOf(this.removal);
		this.removal = removal;
		this.#release(before);
	}

	/**
	 * Takes a square of pixels as a picture of a class: a frame of a camera, a drawing. A copy of one that the class has is left out: one
	 * to learn from and one to be tested on would make the test a question whose answer was told.
	 */
	async take(given: OwnClass, pixels: Picture): Promise<Taken> {
		const of = this.#coming ? await this.#inPlaceOf(given) : given;
		const came = this.#keepNew(of, await keep(pixels));
		if (came === 'copy') this.#problem.say(of, m.classes_problem_copies({ name: of.said, count: 1 }));
		if (came === 'full') this.#problem.say(of, m.classes_problem_full({ name: of.said, max: mostPictures }));
		return came;
	}

	/** Adds a picture to a class, unless a copy of it is there, which takes no room, or there is none for it. */
	#keepNew(of: OwnClass, picture: Kept): Taken {
		const came = of.has(picture) ? 'copy' : of.pictures.length >= mostPictures ? 'full' : 'taken';
		if (came === 'taken') of.pictures = [...of.pictures, picture];
		else letGo([picture]);
		return came;
	}

	takeSheet(of: OwnClass, sheet: HTMLCanvasElement): Promise<Taken> {
		return this.take(of, draw(sheet).pixels);
	}

	/**
	 * Takes files as pictures of a class, after those that are being read; those that are none are named, the rest is taken. An
	 * archive stands for the pictures in it.
	 */
	takeFiles(of: OwnClass, given: readonly File[]): Promise<void> {
		return this.#await(this.#takeAll(of, given));
	}

	async #takeAll(to: OwnClass, given: readonly File[]): Promise<void> {
		const of = this.#coming ? await this.#inPlaceOf(to) : to;
		const { said, copies } = await this.#taken(of, given);
		if (copies > 0) said.push(m.classes_problem_copies({ name: of.said, count: copies }));
		if (said.length > 0) this.#problem.say(of, joined(...said));
	}

	/** Takes files; what is to be said of them is left to who asks. */
	async #taken(of: OwnClass, given: readonly File[]): Promise<Came> {
		const unread: string[] = [];
		this.#problem.forget();
		const files = given.some(isArchive) ? await this.#unpacked(of, given, unread) : given;
		const signal = (this.#controller ??= new AbortController()).signal;
		const { done, count } = this.reading ?? { done: 0, count: 0 };
		this.reading = { done, count: count + Math.min(files.length, mostRead) };
		const came = this.#reads.then(() => this.#takeFiles(of, files, { signal, unread }));
		this.#reads = came.then(() => {});
		return came;
	}

	async #takeFiles(
		of: OwnClass,
		files: readonly File[],
		{ signal, unread }: { readonly signal: AbortSignal; readonly unread: readonly string[] }
	): Promise<Came> {
		if (signal.aborted) return { said: [], copies: 0 };
		const refused: PictureError[] = [];
		let [copies, left] = [0, 0];
		for (const [i, file] of files.entries()) {
			if (signal.aborted) break;
			if (i >= mostRead && of.pictures.length >= mostPictures) {
				left += files.length - i;
				break;
			}
			try {
				const came = this.#keepNew(of, await keepFile(file, await decodePicture(file)));
				if (came === 'copy') copies++;
				if (came === 'full') left++;
			} catch (error) {
				// The page has said that a part of it did not load.
				if (error instanceof Unloaded) this.cancelReading();
				else if (error instanceof PictureError) refused.push(error);
				else throw error;
			}
			if (!signal.aborted && i < mostRead) this.#step(1);
		}
		// Who cancelled has said that nothing is read any more, and by now something else may be.
		if (!signal.aborted && this.reading!.done >= this.reading!.count) this.reading = this.#controller = null;
		const [first] = refused;
		const said = [...unread];
		if (first)
			said.push(
				refused.length === 1
					? pictureProblem(first)
					: m.classes_problem_refused({ count: refused.length, first: pictureProblem(first) })
			);
		if (left > 0) said.push(m.classes_problem_left_out({ name: of.said, count: left, max: mostPictures }));
		return { said, copies };
	}

	/** Files, with what is in archives in their places. @param unread takes what is to be said of archives that cannot be read */
	async #unpacked(of: OwnClass, files: readonly File[], unread: string[]): Promise<readonly File[]> {
		try {
			const all: File[] = [];
			for (const file of files) {
				const archive = isArchive(file) ? await this.#opened(file) : null;
				if (!archive) all.push(file);
				else if (archive.kind === 'folders' && archive.folders.length > 0)
					all.push(...archive.folders.flatMap((folder) => folder.files));
				else unread.push(await archiveProblem(file, archive));
			}
			return all;
		} catch (error) {
			this.#problem.fail(of, error);
			return [];
		}
	}

	async #opened(file: File): Promise<Archive> {
		const { readArchive } = await import('./pictureArchive');
		return readArchive(new Uint8Array(await file.arrayBuffer()), file.name);
	}

	#step(by: number): void {
		const { done, count } = this.reading!;
		this.reading = { done: done + by, count };
	}

	cancelReading(): void {
		this.#controller?.abort();
		this.reading = this.#controller = null;
	}

	/**
	 * Takes the folders of an archive as classes, or as more pictures of those that are called like them.
	 * @param isDropped whether it was let go anywhere on the page: then one in which there is no picture is left to somebody else,
	 *   without a word; not one that nobody can read
	 * @returns whether it was for here
	 */
	takeArchive(file: File, { isDropped = false } = {}): Promise<boolean> {
		return this.#await(this.#takeArchive(file, isDropped));
	}

	async #takeArchive(file: File, isDropped: boolean): Promise<boolean> {
		this.#problem.forget();
		const place = isDropped ? 'collecting' : 'keeping';
		let archive: Archive;
		try {
			archive = await this.#opened(file);
		} catch (error) {
			this.#problem.fail(place, error);
			return true;
		}
		const isOther =
			archive.kind === 'folders'
				? archive.folders.length === 0
				: archive.kind === 'network' || (archive.kind === 'large' && !archive.hasPictures);
		if (isOther && isDropped) return false;
		if (archive.kind !== 'folders' || archive.folders.length === 0) {
			this.#problem.say(place, await archiveProblem(file, archive));
			return true;
		}
		if (this.#coming) await this.#coming;
		const { folders } = archive;
		const before = this.classes.filter(({ isUsed }) => isUsed);
		this.classes = before;
		const reads = folders.map(({ name, files }) => {
			const called = plainName(name).slice(0, longestName);
			const of = this.classes.find((other) => areAlike(other.name, called)) ?? this.add(called);
			return of && this.#taken(of, files);
		});
		const came = (await Promise.all(reads)).filter((read) => read !== null);
		// What looked like pictures may be none.
		this.classes = this.classes.filter((of) => before.includes(of) || of.pictures.length > 0);
		if (this.classes.length === 0) this.classes = firstClasses();
		const left = reads.length - came.length;
		const copies = came.reduce((sum, { copies }) => sum + copies, 0);
		const said = came.flatMap(({ said }) => said);
		if (copies > 0) said.push(m.classes_problem_archive_copies({ count: copies }));
		if (left > 0) said.push(m.classes_problem_archive_left({ count: left, max: mostClasses }));
		if (said.length > 0) this.#problem.say(place, joined(...said));
		return true;
	}

	/** Fills in shapes, for who has no pictures at hand. */
	fillIn(example: Promise<Example>): Promise<void> {
		const filling = this.#fillIn(example);
		this.#reads = filling.catch(() => {});
		return this.#await(filling);
	}

	async #fillIn(coming: Promise<Example>): Promise<void> {
		const example = await coming;
		if (this.#coming) {
			await this.#coming;
			// Who has pictures wants no example.
			if (this.count > 0) return;
		}
		this.reading = { done: 0, count: example.reduce((sum, { sheets }) => sum + sheets.length, 0) };
		const signal = (this.#controller = new AbortController()).signal;
		const classes: OwnClass[] = [];
		for (const { name, sheets } of example) {
			const pictures: Kept[] = [];
			for (const sheet of sheets) {
				pictures.push(await keep(draw(sheet).pixels));
				if (signal.aborted) return;
				this.#step(1);
			}
			classes.push(new OwnClass(name, pictures));
		}
		this.replace(classes);
	}
}

/** Why no pictures came out of an archive. */
async function archiveProblem(file: File, { kind }: Archive): Promise<string> {
	const name = cut(file.name);
	if (kind === 'folders') return m.classes_problem_archive({ name });
	if (kind === 'network') return m.classes_problem_archive_network({ name });
	if (kind === 'damaged') return m.classes_problem_archive_damaged({ name });
	if (kind === 'none') return m.classes_problem_archive_none({ name });
	const { most } = await import('./pictureArchive');
	return m.classes_problem_archive_large({
		name,
		...{ files: formatCount(most.files), size: formatBytes(most.bytes) }
	});
}

function picturesOf(removal: Removal | null): readonly Kept[] {
	switch (removal?.kind) {
		case 'class':
			return removal.of.pictures;
		case 'pictures':
			return removal.pictures.map(({ picture }) => picture);
		case 'all':
			return removal.classes.flatMap(({ pictures }) => pictures);
		case undefined:
			return [];
	}
}
