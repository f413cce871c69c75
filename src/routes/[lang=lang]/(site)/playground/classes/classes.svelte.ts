import { untrack } from 'svelte';
import type { WeightSet } from '$lib/engine/client';
import { m } from '$lib/i18n';
import { restoreOpened } from '$lib/running/files/carried';
import { openedHere, type OpenedHere } from '$lib/running/files/opened';
import { isPutDown, keepDown } from '$lib/stored/carried';
import type { CarriedFiles, Carrier } from '$lib/stored/carriers';
import type { Ignored } from '$lib/viz/address/codec';
import { isolated } from '$lib/nets/plainText';
import { Runner } from '../runner';
import { classesCodec as codec, seeds, weightKinds, type ClassesSpec, type WeightKind } from './address';
import { packed, takeCarried, type Carried } from './carried';
import { changeOf, otherwise, type Changed, type Subject } from './changed';
import { Collection } from './collection.svelte';
import { letGo, type Kept } from './kept';
import { Keeping, type Keepsake } from './keeping.svelte';
import { backbones } from './networks';
import { areAlike, type OwnClass } from './ownClass.svelte';
import { Problem } from './problem.svelte';
import { Teaching } from './teaching.svelte';

/** The four, and one that was opened. */
const mostNetworks = 5;

/**
 * State of the page on which the four networks learn the reader's own classes: pictures are collected, networks taught, classes kept.
 * Whatever fails is one sentence in `problem`, and loses nothing.
 */
export class OwnClasses {
	readonly sets: readonly WeightSet[];
	readonly problem = new Problem();
	readonly collection = new Collection(this.problem, (pictures) => this.#release(pictures));
	readonly teaching: Teaching;
	readonly keeping = new Keeping(this.problem);
	spec: ClassesSpec = $state.raw(codec.initial);
	/** The network that the reader has opened, which takes part. */
	opened: OpenedHere | null = $state.raw(null);
	ignored: readonly Ignored[] = $state.raw([]);
	/** Whether the classes are on their way to a page in another language. */
	#isCarried = $state(false);
	/** Whether classes that were put down are on their way here. */
	isComing = $state(false);
	/** Whether that is known: a page that is not alive yet does not know it. */
	isKnown = $state(false);
	#arriving: Promise<void> | null = null;
	/** Whether it is known here what has come along. */
	#hasArrived = $state(false);
	#isPutting = false;
	/** Whether something has changed since it was put down. */
	#isBehind = false;
	/** Whether all that is here is put down. */
	#isDown = false;
	/** Whether the browser has refused to have what is here put down: it is not there again when the page is loaded anew. */
	isRefused = $state(false);
	/** What was learned last. */
	#learned: Subject | null = $state.raw(null);
	/** Whether training was asked for in vain: then what stands in its way is said aloud until nothing does. */
	#isWanted = $state(false);

	readonly search = $derived.by(() => codec.format(this.spec));
	readonly backbones = $derived.by(() => backbones(this.sets, this.spec.weights, this.opened));
	/** In what that is to be learned is other than what was; `null` where it is the same, or nothing was. */
	readonly changed: Changed | null = $derived.by(() =>
		this.teaching.learned.length > 0 ? changeOf(this.#learned, this.#subject) : null
	);
	/** Whether pictures are here that the browser does not keep beyond this tab. */
	readonly isUnkept = $derived.by(() => !this.#isCarried && this.keeping.lacks(this.#keepsake));
	/** Whether what is here is what this browser keeps. */
	readonly isKept = $derived.by(() => this.keeping.has(this.#keepsake));
	/** What still stands in the way of training; `null` where nothing does. */
	readonly obstacle = $derived.by(() => this.#obstacle());
	/** The same, where training was asked for. */
	readonly refusal = $derived(this.#isWanted ? this.obstacle : null);

	/** @param modelOf address of a set's model.json */
	constructor(sets: readonly WeightSet[], modelOf: (set: WeightSet) => string) {
		this.sets = sets;
		this.teaching = new Teaching(new Runner(modelOf, mostNetworks), this.problem, (pictures) =>
			this.#release(pictures)
		);
	}

	read(search: string): void {
		const { value, ignored } = codec.parse(search);
		this.spec = value;
		this.ignored = ignored;
	}

	/** Whether pictures would be lost with the page: they are not put down, or not yet. */
	get isAtRisk(): boolean {
		return this.isUnkept && !this.#isDown;
	}

	get isBusy(): boolean {
		return this.isComing || this.teaching.progress !== null || this.collection.reading !== null;
	}

	setSeed(seed: number): void {
		this.spec = { ...this.spec, seed };
		if (this.teaching.learned.length > 0) void this.teach();
	}

	setWeights(weights: WeightKind): void {
		this.teaching.cancel();
		this.spec = { ...this.spec, weights };
	}

	/** Ends the engine, for when the page is left; pictures and what was learned stay, for when it is come back to. */
	rest(): void {
		// Said where it is come back to.
		if (this.teaching.progress) this.problem.say('teaching', m.classes_problem_left());
		this.teaching.rest();
	}

	/** Has all networks look at all pictures, learn the classes, and be examined. */
	async teach(): Promise<void> {
		this.problem.forget();
		this.#isWanted = this.obstacle !== null;
		if (this.#isWanted) return;
		this.collection.settle();
		const taught = this.#subject;
		const { learnable: classes, all: known } = this.collection;
		const course = { classes, known, backbones: this.backbones, seed: this.spec.seed };
		if (await this.teaching.teach(course)) this.#learned = taught;
	}

	/** How classes, pictures and what was learned go along to the page in another language. */
	readonly carrier: Carrier = {
		kind: 'classes',
		hasAny: () => this.collection.isUsed || this.teaching.learned.length > 0,
		give: async () => {
			await this.collection.read();
			const { classes } = this.collection;
			return this.#packed(classes, this.teaching.progress !== null);
		},
		given: () => (this.#isCarried = true)
	};

	#packed(classes: readonly OwnClass[], isTeaching: boolean): readonly CarriedFiles[] {
		const { learned, took } = this.teaching;
		const isKept = !this.keeping.lacks(this.#keepsake);
		// What the tab has open comes by itself where that is put down, too.
		const isOfTab = this.opened === openedHere() && isPutDown('networks');
		const opened = isOfTab ? null : this.opened;
		return packed({ ...{ classes, learned, took, isKept, opened, isTeaching }, changed: this.changed });
	}

	/**
	 * Has what is put down be what is here: the page may be loaded anew at any moment, in another language too. To be called in an effect;
	 * what changes while it is put down is put down after that, all at once.
	 */
	putDown(): void {
		const { learned, took } = this.teaching;
		void [this.#keepsake.classes.map(({ name, isOff, pictures }) => [name, isOff, pictures])];
		void [this.spec, this.opened, learned, took, this.changed, this.isUnkept];
		this.#isDown = false;
		if (this.#hasArrived && !this.isBusy) untrack(() => void this.#putDown());
	}

	async #putDown(): Promise<void> {
		this.#isBehind = true;
		if (this.#isPutting) return;
		this.#isPutting = true;
		try {
			while (this.#isBehind) {
				this.#isBehind = false;
				// A training that is on its way when the page is loaded anew may be what kept it from answering: it is not taken up again.
				const groups = this.carrier.hasAny() ? this.#packed(this.collection.classes, false) : [];
				const isDown = await keepDown('classes', groups);
				this.isRefused = !isDown;
				// What is being read has changed it since.
				this.#isDown = isDown && !this.isBusy;
			}
		} finally {
			this.#isPutting = false;
		}
	}

	/** Lets the network take part that the tab has open: not one that own classes made, which is open to be looked into. */
	meetOpened(): void {
		const opened = openedHere();
		if (!opened?.isTaught) this.opened = opened;
	}

	/** Takes what has come along, where nothing is here; a training that was under way is taken up again. */
	arrive(): Promise<void> {
		this.#arriving ??= this.#arrive().finally(() => (this.#arriving = null));
		return this.#arriving;
	}

	async #arrive(): Promise<void> {
		this.isComing = !this.collection.isUsed && isPutDown('classes');
		this.isKnown = true;
		const end = this.isComing ? this.collection.awaitOthers() : () => {};
		let isTeaching = false;
		try {
			await restoreOpened();
			this.meetOpened();
			const carried = this.isComing ? await this.#carried() : null;
			this.#hasArrived = true;
			if (carried) this.#take(carried);
			isTeaching = carried?.isTeaching ?? false;
		} finally {
			this.isComing = false;
			end();
		}
		if (isTeaching) await this.teach();
	}

	#carried(): Promise<Carried | null> {
		return takeCarried((opened) =>
			weightKinds.flatMap((kind) => backbones(this.sets, kind, opened ?? this.opened))
		);
	}

	#take({ opened, classes, learned, took, changed, isKept }: Carried): void {
		if (opened) this.opened = opened;
		this.collection.replace(classes);
		this.teaching.take(learned, took);
		this.#learned = changed ? otherwise(this.#subject, changed) : this.#subject;
		if (isKept) this.keeping.isAs(this.#keepsake);
	}

	keepHere(): Promise<void> {
		return this.keeping.keep(this.#keepsake);
	}

	async openKept(): Promise<void> {
		const kept = await this.keeping.open();
		if (!kept) return;
		this.spec = { ...this.spec, seed: Math.min(seeds.max, Math.max(seeds.min, kept.seed)) };
		this.collection.replace(kept.classes);
	}

	get #keepsake(): Keepsake {
		return { seed: this.spec.seed, classes: this.collection.classes };
	}

	/** What training would be of now. */
	get #subject(): Subject {
		const classes = this.collection.learnable.map(({ id, pictures }) => [
			id,
			pictures.map((picture) => picture.id)
		]);
		return {
			classes: JSON.stringify(classes),
			networks: this.backbones.map(({ set }) => set?.id ?? this.opened),
			seed: this.spec.seed
		};
	}

	/** Lets go of pictures that nobody shows any more. */
	#release(pictures: readonly Kept[]): void {
		const shown = [...this.collection.all, ...this.teaching.pictures];
		letGo(pictures.filter((picture) => !shown.includes(picture)));
	}

	#obstacle(): string | null {
		const { classes, learnable } = this.collection;
		if (learnable.length < 2)
			return classes.length < 2 ? m.classes_problem_one_class() : m.classes_problem_one_class_on();
		const names = learnable.map(({ name }) => name.trim());
		if (names.includes('')) return m.classes_problem_no_name();
		const twice = names.find((name, i) => names.findIndex((other) => areAlike(name, other)) < i);
		if (twice !== undefined) return m.classes_problem_same_name({ name: isolated(twice) });
		const empty = learnable.find(({ pictures }) => pictures.length === 0);
		if (empty) return m.classes_problem_no_pictures({ name: empty.said });
		const lone = learnable.find(({ pictures }) => pictures.length === 1);
		if (lone) return m.classes_problem_one_picture({ name: lone.said });
		return this.backbones.length === 0 ? m.classes_problem_no_weights() : null;
	}
}
