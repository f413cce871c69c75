import { EngineError, type Picture, type WeightSet } from '$lib/engine/client';
import { m } from '$lib/i18n';
import { spreadOf, type Spread } from '$lib/nets/times/spread';
import { decodePicture, draw } from '$lib/running/picture/decode';
import { PictureError } from '$lib/running/picture/inspect';
import { pictureProblem } from '$lib/running/picture/problems';
import { engineProblem } from '$lib/running/problems';
import type { OpenedHere } from '$lib/running/files/opened';
import { teach, type Taught } from '$lib/running/ownClasses/teach';
import { keepClasses, keptClassesBytes, readClasses, removeClasses } from '$lib/stored/ownClasses';
import { isUnloaded, sayUnloaded, Unloaded } from '$lib/stored/unloaded';
import { chooseBest } from '$lib/training/head/examination';
import { NotLearned, probabilities } from '$lib/training/head/softmaxRegression';
import type { Ignored } from '$lib/viz/address/codec';
import { Runner } from '../runner';
import { classesCodec as codec, seeds, type ClassesSpec, type WeightKind } from './address';
import { Seen } from './seen';
import { keep, keptOf, letGo, pixelsOf, type Kept } from './kept';
import { backbones, pooled, type Backbone } from './networks';

export const mostClasses = 10;
/** Pictures of a class that are taken; with 256×256 pixels each, some megabytes. */
export const mostPictures = 200;
/** Letters of a class's name. */
export const longestName = 60;

/** The four, and one that was opened. */
const mostNetworks = 5;
/** Runs that a time is the median of, and milliseconds after which no other begins. */
const timedRuns = { most: 7, milliseconds: 1000 };

let nextClass = 1;

/** A class of the reader's: what it is called, and its pictures. */
export class OwnClass {
	readonly id = nextClass++;
	name = $state('');
	pictures: readonly Kept[] = $state.raw([]);

	constructor(name: string, pictures: readonly Kept[] = []) {
		this.name = name;
		this.pictures = pictures;
	}
}

/** What a network has learned. */
export interface Learned {
	readonly backbone: Backbone;
	/** In the order of the head's outputs. */
	readonly classes: readonly OwnClass[];
	/** The pictures that it learned from or was tested on, in the order of the examination's answers. */
	readonly pictures: readonly Kept[];
	readonly labels: readonly number[];
	readonly taught: Taught;
	/** Milliseconds of a picture, from its pixels to the answer. */
	readonly time: Spread;
}

/** What a network says of a picture: shares of the classes. */
export interface Answer {
	readonly learned: Learned;
	readonly shares: Float32Array;
}

/** How far the training is: `share` of all that is to be done. */
export interface Progress {
	readonly doing: 'loading' | 'looking' | 'learning' | 'timing';
	readonly share: number;
}

/**
 * State of the page on which the four networks learn the reader's own classes. Whatever fails is one sentence in `problem`, and
 * loses nothing.
 */
export class OwnClasses {
	readonly sets: readonly WeightSet[];
	readonly #runner: Runner;
	spec: ClassesSpec = $state.raw(codec.initial);
	/** The network that the reader has opened, which takes part. */
	opened: OpenedHere | null = $state.raw(null);
	ignored: readonly Ignored[] = $state.raw([]);
	classes: readonly OwnClass[] = $state.raw([1, 2].map((number) => new OwnClass(m.classes_name({ number }))));
	/** What went wrong last, in the reader's language. */
	problem: string | null = $state(null);
	/** Networks that could not take part, and why. */
	failures: readonly { readonly backbone: Backbone; readonly error: EngineError }[] = $state.raw([]);
	/** While pictures are read, how many of how many; while networks learn, how far they are. */
	reading: { readonly done: number; readonly count: number } | null = $state.raw(null);
	progress: Progress | null = $state.raw(null);
	learned: readonly Learned[] = $state.raw([]);
	/** Milliseconds that the last training took, features of all networks included. */
	took: number | null = $state(null);
	/** What the class that was removed last was, until another is. */
	removed: { readonly own: OwnClass; readonly at: number } | null = $state.raw(null);
	/** The picture that is answered, and what the networks say. */
	answers: readonly Answer[] = $state.raw([]);
	/** Bytes of what this browser keeps; `null`: nothing. */
	keptBytes: number | null = $state(null);
	/** What was learned and what was kept last, as texts: of which pictures. */
	#learnedOf = $state('');
	#keptOf = $state('');
	readonly #seen = new Seen();
	#controller: AbortController | null = null;
	/** Of files that are read, one after another. */
	#reading: AbortController | null = null;
	#reads: Promise<void> = Promise.resolve();
	#asked = 0;

	readonly search = $derived.by(() => codec.format(this.spec));
	readonly backbones = $derived.by(() => backbones(this.sets, this.spec.weights, this.opened));
	readonly count = $derived(this.classes.reduce((sum, { pictures }) => sum + pictures.length, 0));
	/** Whether classes or pictures are other than those that were learned. */
	readonly isStale = $derived(this.learned.length > 0 && this.#learnedOf !== this.#now);
	readonly choice = $derived.by(() =>
		chooseBest(
			this.learned.map(({ backbone: { id }, taught: { examined }, time: { median } }) => ({
				...{ id, milliseconds: median },
				...{ right: examined.right, tested: examined.tested }
			}))
		)
	);
	/** Whether pictures would be lost with the page. */
	readonly isUnkept = $derived(this.count > 0 && this.#keptOf !== this.#now);
	/** What still stands in the way of training; `null` where nothing does. */
	readonly obstacle = $derived.by(() => this.#obstacle());

	/** @param modelOf address of a set's model.json */
	constructor(sets: readonly WeightSet[], modelOf: (set: WeightSet) => string) {
		this.sets = sets;
		this.#runner = new Runner(modelOf, mostNetworks);
	}

	read(search: string): void {
		const { value, ignored } = codec.parse(search);
		this.spec = value;
		this.ignored = ignored;
	}

	get isBusy(): boolean {
		return this.progress !== null || this.reading !== null;
	}

	add(name?: string): OwnClass | null {
		if (this.classes.length >= mostClasses) return null;
		const names = this.classes.map((own) => own.name);
		let number = this.classes.length + 1;
		while (names.includes(m.classes_name({ number }))) number++;
		const own = new OwnClass(name ?? m.classes_name({ number }));
		this.classes = [...this.classes, own];
		return own;
	}

	rename(own: OwnClass, name: string): void {
		own.name = name.trim().slice(0, longestName) || m.classes_name({ number: this.classes.indexOf(own) + 1 });
	}

	remove(own: OwnClass): void {
		if (this.removed) letGo(this.removed.own.pictures);
		this.removed = { own, at: this.classes.indexOf(own) };
		this.classes = this.classes.filter((other) => other !== own);
	}

	/** Brings back the class that was removed last. */
	undo(): void {
		if (!this.removed) return;
		const { own, at } = this.removed;
		this.classes = this.classes.toSpliced(at, 0, own).slice(0, mostClasses);
		this.removed = null;
	}

	removePicture(own: OwnClass, picture: Kept): void {
		own.pictures = own.pictures.filter((other) => other !== picture);
		letGo([picture]);
	}

	/** Takes a square of pixels as a picture of a class: a frame of a camera, a drawing. @returns whether there was room */
	async take(own: OwnClass, pixels: Picture): Promise<boolean> {
		if (own.pictures.length >= mostPictures) {
			this.problem = m.classes_problem_full({ name: own.name, max: mostPictures });
			return false;
		}
		own.pictures = [...own.pictures, await keep(pixels)];
		return true;
	}

	takeSheet(own: OwnClass, sheet: HTMLCanvasElement): Promise<boolean> {
		return this.take(own, draw(sheet).pixels);
	}

	/** Takes files as pictures of a class, after those that are being read; those that are none are named, the rest is taken. */
	takeFiles(own: OwnClass, files: readonly File[]): Promise<void> {
		const signal = (this.#reading ??= new AbortController()).signal;
		const { done, count } = this.reading ?? { done: 0, count: 0 };
		this.reading = { done, count: count + Math.min(files.length, mostPictures) };
		this.problem = null;
		this.#reads = this.#reads.then(() => this.#takeFiles(own, files, signal));
		return this.#reads;
	}

	async #takeFiles(own: OwnClass, files: readonly File[], signal: AbortSignal): Promise<void> {
		const taken = files.slice(0, Math.max(0, mostPictures - own.pictures.length));
		const passed = Math.min(files.length, mostPictures) - taken.length;
		const refused: PictureError[] = [];
		const step = (by: number) => {
			const { done, count } = this.reading!;
			this.reading = { done: done + by, count };
		};
		step(passed);
		for (const file of taken) {
			if (signal.aborted) break;
			try {
				await this.take(own, (await decodePicture(file)).pixels);
			} catch (error) {
				// The page has said that a part of it did not load.
				if (error instanceof Unloaded) this.#reading?.abort();
				else if (error instanceof PictureError) refused.push(error);
				else throw error;
			}
			step(1);
		}
		if (signal.aborted || this.reading!.done >= this.reading!.count) this.reading = this.#reading = null;
		const [first] = refused;
		const left = files.length - taken.length;
		if (first)
			this.problem =
				refused.length === 1
					? pictureProblem(first)
					: m.classes_problem_refused({ count: refused.length, first: pictureProblem(first) });
		else if (left > 0)
			this.problem = m.classes_problem_left_out({ name: own.name, count: left, max: mostPictures });
	}

	/** Fills in shapes, for who has no pictures at hand. */
	async fillIn(
		example: readonly { readonly name: string; readonly sheets: readonly HTMLCanvasElement[] }[]
	): Promise<void> {
		const pictures = await Promise.all(
			example.map(async ({ name, sheets }) => {
				const kept: Kept[] = [];
				for (const sheet of sheets) kept.push(await keep(draw(sheet).pixels));
				return new OwnClass(name, kept);
			})
		);
		this.#replace(pictures);
	}

	setSeed(seed: number): void {
		this.spec = { ...this.spec, seed };
		if (this.learned.length > 0) void this.teach();
	}

	setWeights(weights: WeightKind): void {
		this.cancel();
		this.spec = { ...this.spec, weights };
	}

	cancel(): void {
		this.#controller?.abort();
	}

	cancelReading(): void {
		this.#reading?.abort();
		this.reading = this.#reading = null;
	}

	/** Ends the engine, for when the page is left; pictures and what was learned stay, for when it is come back to. */
	rest(): void {
		this.cancel();
		this.forgetAnswers();
		this.#runner.rest();
	}

	/** Has all networks look at all pictures, learn the classes, and be examined. */
	async teach(): Promise<void> {
		this.problem = this.obstacle;
		if (this.problem) return;
		const signal = this.#begin();
		const began = performance.now();
		const of = this.#now;
		const classes = this.classes;
		const pictures = classes.flatMap((own) => own.pictures);
		const labels = classes.flatMap((own, label) => own.pictures.map(() => label));
		const lesson = { classes: classes.length, labels, seed: this.spec.seed };
		this.#seen.keepOnly([...pictures, ...(this.removed?.own.pictures ?? [])].map(({ id }) => id));
		this.failures = [];
		this.progress = { doing: 'loading', share: 0 };
		try {
			const running = await this.#load(signal);
			if (running.length === 0) return;
			await this.#look(pictures, running, signal);
			const taughts: Taught[] = [];
			for (const [i, backbone] of running.entries()) {
				const share = (part: number) => 0.8 + (0.1 * (i + part)) / running.length;
				this.progress = { doing: 'learning', share: share(0) };
				const width = backbone.features.shape[2];
				const data = new Float32Array(pictures.length * width);
				pictures.forEach(({ id }, n) => data.set(this.#seen.get(id, backbone.lane.key)!, n * width));
				const taught = await teach(
					{ ...lesson, features: { width, data } },
					{ signal, progress: (part) => (this.progress = { doing: 'learning', share: share(part) }) }
				);
				taughts.push(taught);
			}
			const times = await this.#time(running, pictures[0]!, signal);
			this.learned = running.map((backbone, i) => ({
				...{ backbone, classes, pictures, labels },
				...{ taught: taughts[i]!, time: times[i]! }
			}));
			this.#learnedOf = of;
			this.took = performance.now() - began;
			this.answers = [];
		} catch (error) {
			this.#say(error, signal);
		} finally {
			this.progress = null;
			this.#end(signal);
		}
	}

	/** Has every network that has learned answer. @returns whether all went well; answers of a later call are not overwritten */
	async answer(pixels: Picture): Promise<boolean> {
		const asked = ++this.#asked;
		const answers: Answer[] = [];
		try {
			for (const learned of this.learned) {
				const features = await this.#run(learned.backbone, pixels);
				if (asked !== this.#asked) return true;
				answers.push({ learned, shares: probabilities(learned.taught.trained.head, features) });
			}
		} catch (error) {
			if (asked === this.#asked) this.#say(error, null);
			return false;
		}
		this.answers = answers;
		return true;
	}

	forgetAnswers(): void {
		this.#asked++;
		this.answers = [];
	}

	/** What a network has learned, as files of a layers model of TensorFlow.js. */
	async filesOf(learned: Learned): Promise<readonly File[] | null> {
		this.problem = null;
		try {
			const { layersModelOf } = await import('./layersModel');
			const { backbone, classes, taught } = learned;
			const labels = classes.map(({ name }) => name);
			return await layersModelOf(backbone, taught.trained.head, labels, (node, name) =>
				this.#runner.weight(backbone.lane, node, name)
			);
		} catch (error) {
			this.#say(error, null);
			return null;
		}
	}

	/** Classes and their pictures as one file. */
	async packed(): Promise<Blob | null> {
		try {
			return await (await import('./pictureArchive')).packed(this.classes);
		} catch (error) {
			this.#say(error, null);
			return null;
		}
	}

	/** Takes the folders of an archive as classes, or as more pictures of those that are called like them. */
	async takeArchive(file: File): Promise<void> {
		this.problem = null;
		try {
			const { foldersIn } = await import('./pictureArchive');
			const folders = foldersIn(new Uint8Array(await file.arrayBuffer()));
			if (!folders || folders.length === 0) {
				this.problem = m.classes_problem_archive({ name: file.name });
				return;
			}
			this.classes = this.classes.filter(({ pictures }) => pictures.length > 0);
			const reads = folders.map(({ name, files }) => {
				const called = name.slice(0, longestName);
				const own = this.classes.find((other) => other.name === called) ?? this.add(called);
				return own && this.takeFiles(own, files);
			});
			await Promise.all(reads);
			const left = reads.filter((read) => read === null).length;
			if (left > 0) this.problem = m.classes_problem_archive_left({ count: left, max: mostClasses });
		} catch (error) {
			this.#say(error, null);
		}
	}

	async lookForKept(): Promise<void> {
		this.keptBytes = await keptClassesBytes();
	}

	/** Keeps classes and pictures in this browser, in place of what was kept before. */
	async keepHere(): Promise<void> {
		this.problem = null;
		const found = await keepClasses({
			seed: this.spec.seed,
			classes: this.classes.map(({ name, pictures }) => ({
				name,
				pictures: pictures.map(({ blob }) => blob)
			}))
		});
		if (found === 'full') this.problem = m.classes_problem_storage_full();
		if (found === 'refused') this.problem = m.classes_problem_storage_refused();
		if (typeof found === 'number') this.#keptOf = this.#now;
		await this.lookForKept();
	}

	async openKept(): Promise<void> {
		const found = await readClasses();
		if (!found || found.classes.length === 0) {
			this.problem = m.classes_problem_storage_gone();
			return this.lookForKept();
		}
		this.spec = { ...this.spec, seed: Math.min(seeds.max, Math.max(seeds.min, found.seed)) };
		this.#replace(
			found.classes
				.slice(0, mostClasses)
				.map(({ name, pictures }) => new OwnClass(name, pictures.slice(0, mostPictures).map(keptOf)))
		);
		this.#keptOf = this.#now;
	}

	async removeKept(): Promise<void> {
		await removeClasses();
		await this.lookForKept();
	}

	#replace(classes: readonly OwnClass[]): void {
		this.cancel();
		this.cancelReading();
		for (const { pictures } of this.classes) letGo(pictures);
		this.problem = null;
		this.removed = null;
		this.classes = classes;
		this.learned = [];
		this.answers = [];
	}

	get #now(): string {
		return JSON.stringify([
			this.spec,
			this.backbones.length,
			this.classes.map(({ id, pictures }) => [id, pictures.map((picture) => picture.id)])
		]);
	}

	#obstacle(): string | null {
		if (this.classes.length < 2) return m.classes_problem_one_class();
		const names = this.classes.map(({ name }) => name.trim());
		const twice = names.find((name, i) => names.indexOf(name) < i);
		if (twice !== undefined) return m.classes_problem_same_name({ name: twice });
		const empty = this.classes.find(({ pictures }) => pictures.length === 0);
		if (empty) return m.classes_problem_no_pictures({ name: empty.name });
		const lone = this.classes.find(({ pictures }) => pictures.length === 1);
		if (lone) return m.classes_problem_one_picture({ name: lone.name });
		return this.backbones.length === 0 ? m.classes_problem_no_weights() : null;
	}

	#begin(): AbortSignal {
		this.cancel();
		return (this.#controller = new AbortController()).signal;
	}

	#end(signal: AbortSignal): void {
		if (this.#controller?.signal === signal) this.#controller = null;
	}

	/** Says what was thrown, where it is not that it was cancelled; what is none of these is a fault of ours. */
	#say(error: unknown, signal: AbortSignal | null): void {
		if (signal?.aborted) return;
		if (error instanceof NotLearned) this.problem = m.classes_problem_not_learned();
		else if (error instanceof EngineError) {
			if (!error.isSaid) this.problem = m.classes_problem_engine({ reason: engineProblem(error) });
		} else if (isUnloaded(error)) sayUnloaded(error);
		else {
			const reason = error instanceof Error ? error.message : String(error);
			this.problem = m.classes_problem_engine({ reason });
		}
	}

	/** Loads the networks. @returns those that can run; those that cannot are in `failures` */
	async #load(signal: AbortSignal): Promise<readonly Backbone[]> {
		await this.#runner.start('auto', signal);
		const running: Backbone[] = [];
		for (const backbone of this.backbones) {
			const done = () => (0.2 * running.length) / this.backbones.length;
			this.progress = { doing: 'loading', share: done() };
			try {
				await this.#runner.load(backbone.lane, { signal });
				running.push(backbone);
			} catch (error) {
				if (!(error instanceof EngineError) || error.code === 'cancelled') throw error;
				if (!error.isSaid) this.failures = [...this.failures, { backbone, error }];
			}
		}
		return running;
	}

	/** Has networks look at pictures that they have not seen. */
	async #look(pictures: readonly Kept[], running: readonly Backbone[], signal: AbortSignal): Promise<void> {
		for (const [done, picture] of pictures.entries()) {
			this.progress = { doing: 'looking', share: 0.2 + (0.6 * done) / pictures.length };
			const unseen = running.filter(({ lane }) => !this.#seen.get(picture.id, lane.key));
			if (unseen.length === 0) continue;
			const pixels = await pixelsOf(picture);
			for (const backbone of unseen)
				this.#seen.set(picture.id, backbone.lane.key, await this.#run(backbone, pixels, signal));
		}
	}

	async #run({ lane, features }: Backbone, pixels: Picture, signal?: AbortSignal): Promise<Float32Array> {
		const { watched } = await this.#runner.run(lane, pixels, {
			watch: [features.ref],
			...(signal && { signal })
		});
		return pooled(watched[features.ref]!.data, features.shape[2]);
	}

	/** Times networks on a picture, turn by turn, so that whatever else the device does meets all of them. */
	async #time(running: readonly Backbone[], picture: Kept, signal: AbortSignal): Promise<readonly Spread[]> {
		const pixels = await pixelsOf(picture);
		const times = running.map((): number[] => []);
		const began = performance.now();
		for (let round = 0; round < timedRuns.most; round++) {
			this.progress = { doing: 'timing', share: 0.9 + (0.1 * round) / timedRuns.most };
			for (const [i, { lane, features }] of running.entries()) {
				const { milliseconds } = await this.#runner.run(lane, pixels, { watch: [features.ref], signal });
				times[i]!.push(milliseconds);
			}
			if (performance.now() - began > timedRuns.milliseconds * running.length) break;
		}
		return times.map(spreadOf);
	}
}

/** A network's colour on charts. */
export const hueOf = (id: Backbone['id']): string => `var(--net-${id === 'own' ? 'reference' : id})`;
