import { EngineError, type Picture } from '$lib/engine/client';
import { FormatError } from '$lib/formats/format';
import { m } from '$lib/i18n';
import { areEnough, timedRuns } from '$lib/nets/times/timedRuns';
import { spreadOf, type Spread } from '$lib/nets/times/spread';
import { teach, type Taught } from '$lib/running/ownClasses/teach';
import { chooseBest, guessedShare } from '$lib/training/head/examination';
import { probabilities } from '$lib/training/head/softmaxRegression';
import { opName } from '$lib/viz/words/layers';
import type { Runner } from '../runner';
import { pixelsOf, type Kept } from './kept';
import { pooled, sizesOf, type Backbone } from './networks';
import type { OwnClass } from './ownClass.svelte';
import type { Problem } from './problem.svelte';
import { Seen } from './seen';

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

/** What is to be taught. */
export interface Course {
	readonly classes: readonly OwnClass[];
	readonly backbones: readonly Backbone[];
	/** Draws which pictures are kept out. */
	readonly seed: number;
	/** Pictures whose features are worth keeping, besides those of the classes. */
	readonly known: readonly Kept[];
}

/** Networks that look at pictures, learn their classes, are examined, and answer. What they learned stays when a later training fails. */
export class Teaching {
	progress: Progress | null = $state.raw(null);
	learned: readonly Learned[] = $state.raw([]);
	/** Networks that could not take part, and why. */
	failures: readonly { readonly backbone: Backbone; readonly error: EngineError }[] = $state.raw([]);
	/** Milliseconds that the last training took, features of all networks included. */
	took: number | null = $state(null);
	/** What the networks say of the picture that was shown last. */
	answers: readonly Answer[] = $state.raw([]);
	readonly #runner: Runner;
	readonly #problem: Problem;
	readonly #release: (pictures: readonly Kept[]) => void;
	readonly #seen = new Seen();
	#controller: AbortController | null = null;
	#asked = 0;

	readonly choice = $derived.by(() =>
		chooseBest(
			this.learned.map((of) => ({
				...{ id: of.backbone.id, bytes: sizesOf(of).bytes },
				...{ right: of.taught.examined.right, tested: of.taught.examined.tested }
			})),
			this.learned[0] ? guessedShare(this.learned[0].taught.examined.confusion) : 1
		)
	);

	/** @param release told of pictures that are no longer of use here */
	constructor(runner: Runner, problem: Problem, release: (pictures: readonly Kept[]) => void) {
		this.#runner = runner;
		this.#problem = problem;
		this.#release = release;
	}

	/** Pictures that what was learned shows. */
	get pictures(): readonly Kept[] {
		return this.learned[0]?.pictures ?? [];
	}

	/** Takes what was learned before the page was loaded anew. */
	take(learned: readonly Learned[], took: number | null): void {
		this.learned = learned;
		this.took = took;
	}

	cancel(): void {
		this.#controller?.abort();
	}

	/** Ends the engine, for when the page is left; what was learned stays, for when it is come back to. */
	rest(): void {
		this.cancel();
		this.forgetAnswers();
		this.#runner.rest();
	}

	/** Has all networks look at all pictures, learn the classes, and be examined. @returns whether they have */
	async teach({ classes, backbones, seed, known }: Course): Promise<boolean> {
		this.cancel();
		const controller = (this.#controller = new AbortController());
		const { signal } = controller;
		const began = performance.now();
		const pictures = classes.flatMap((of) => of.pictures);
		const labels = classes.flatMap((of, label) => of.pictures.map(() => label));
		this.#seen.keepOnly([...pictures, ...known].map(({ id }) => id));
		this.failures = [];
		this.progress = { doing: 'loading', share: 0 };
		try {
			const running = await this.#load(backbones, signal);
			if (running.length === 0) return false;
			await this.#look(pictures, running, signal);
			const taughts: Taught[] = [];
			for (const [i, backbone] of running.entries()) {
				const progress = (part: number) =>
					(this.progress = { doing: 'learning', share: 0.8 + (0.1 * (i + part)) / running.length });
				progress(0);
				const features = this.#featuresOf(pictures, backbone);
				const lesson = { classes: classes.length, labels, seed, features };
				taughts.push(await teach(lesson, { signal, progress }));
			}
			const times = await this.#time(running, pictures[0]!, signal);
			const { pictures: before } = this;
			this.learned = running.map((backbone, i) => ({
				...{ backbone, classes, pictures, labels },
				...{ taught: taughts[i]!, time: times[i]! }
			}));
			this.#release(before);
			this.took = performance.now() - began;
			this.answers = [];
			return true;
		} catch (error) {
			if (!signal.aborted) this.#problem.fail('teaching', error);
			return false;
		} finally {
			this.progress = null;
			if (this.#controller === controller) this.#controller = null;
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
			if (asked !== this.#asked) return false;
			// What is said of the picture before is not said of this one.
			this.answers = [];
			this.#problem.fail('trying', error);
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
		this.#problem.forget();
		const { backbone } = learned;
		try {
			const { layersModelOf } = await import('./layersModel');
			const { classes, taught } = learned;
			const labels = classes.map(({ name }) => name);
			return await layersModelOf(backbone, taught.trained.head, labels, (node, name) =>
				this.#runner.weight(backbone.lane, node, name)
			);
		} catch (error) {
			const network = backbone.lane.parts.title;
			const unwritten = error instanceof FormatError && error.code === 'unsupported' ? error.params : null;
			if (!unwritten) this.#problem.fail('outcome', error);
			else {
				const of = { layer: String(unwritten['name']), type: opName(String(unwritten['type'])) };
				this.#problem.say('outcome', m.classes_problem_unwritten({ network, ...of }));
			}
			return null;
		}
	}

	/** Loads the networks. @returns those that can run; those that cannot are in `failures` */
	async #load(backbones: readonly Backbone[], signal: AbortSignal): Promise<readonly Backbone[]> {
		await this.#runner.start('auto', signal);
		const running: Backbone[] = [];
		for (const [i, backbone] of backbones.entries()) {
			this.progress = { doing: 'loading', share: (0.2 * i) / backbones.length };
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

	/** What a network made of pictures that it has seen, a row each. */
	#featuresOf(pictures: readonly Kept[], { lane, features }: Backbone) {
		const width = features.shape[2];
		const data = new Float32Array(pictures.length * width);
		pictures.forEach(({ id }, n) => data.set(this.#seen.get(id, lane.key)!, n * width));
		return { width, data };
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
		for (let round = 0; !times.every(areEnough); round++) {
			this.progress = { doing: 'timing', share: 0.9 + (0.1 * round) / timedRuns.most };
			for (const [i, { lane, features }] of running.entries()) {
				if (areEnough(times[i]!)) continue;
				const { milliseconds } = await this.#runner.run(lane, pixels, { watch: [features.ref], signal });
				times[i]!.push(milliseconds);
			}
		}
		return times.map(spreadOf);
	}
}
