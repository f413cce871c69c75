import { firstSeed, type Exercise, type NumberQuestion, type Problem } from '$lib/lessons/compiler/lesson';
import { sayUnloaded } from '$lib/stored/unloaded';
import { exerciseCodec } from './address';
import { otherSeed, randomSeed } from './otherSeed';

/** The questions of a chapter that ask for a number: at which seeds they stand, which the address says, and what they ask there. */
export class Problems {
	readonly #codec;
	readonly #load: () => Promise<Readonly<Record<string, Exercise>>>;
	#seeds = $state.raw<Readonly<Record<string, number>>>({});
	#problems = $state.raw<Readonly<Record<string, Problem>>>({});
	/** What of the address means nothing here. */
	ignored = $state.raw<ReturnType<ReturnType<typeof exerciseCodec>['parse']>['ignored']>([]);
	/** The figure that fills the screen. */
	screen = $state<string | null>(null);
	readonly search = $derived.by(() => this.#codec.format({ seeds: this.#seeds, screen: this.screen }));

	/**
	 * @param figures names of the chapter's figures
	 * @param load brings what draws other sizes than the first
	 */
	constructor(
		questions: readonly NumberQuestion[],
		figures: readonly string[],
		load: () => Promise<Readonly<Record<string, Exercise>>>
	) {
		this.#codec = exerciseCodec(
			questions.map(({ name }) => name),
			figures
		);
		this.#load = load;
		this.#seeds = this.#codec.initial.seeds;
		this.#problems = Object.fromEntries(questions.map(({ name, first }) => [name, first]));
	}

	of(name: string): Problem {
		return this.#problems[name]!;
	}

	/** An address that opens the chapter at a question, with the sizes of now. */
	link(name: string): string {
		return `${this.#codec.format({ seeds: this.#seeds, screen: null })}#${name}`;
	}

	read(search: string): void {
		const { value, ignored } = this.#codec.parse(search);
		this.ignored = ignored;
		this.screen = value.screen;
		for (const [name, seed] of Object.entries(value.seeds))
			if (seed !== firstSeed) void this.#set(name, () => seed);
	}

	/** Asks a question anew, with other sizes. */
	async another(name: string): Promise<void> {
		const seed = this.#seeds[name]!;
		await this.#set(name, (exercise) => otherSeed(exercise, seed, randomSeed(seed)));
	}

	async #set(name: string, seedOf: (exercise: Exercise) => number): Promise<void> {
		try {
			const exercise = (await this.#load())[name]!;
			const seed = seedOf(exercise);
			this.#seeds = { ...this.#seeds, [name]: seed };
			this.#problems = { ...this.#problems, [name]: exercise.at(seed) };
		} catch (error) {
			sayUnloaded(error);
		}
	}
}
