import { m } from '$lib/i18n';
import { keepClasses, keptClassesBytes, readClasses, removeClasses } from '$lib/stored/ownClasses';
import { keptOf } from './kept';
import { mostClasses, mostPictures, OwnClass } from './ownClass.svelte';
import type { Problem } from './problem.svelte';

/** What is kept: classes with their pictures, and the seed that draws which of these are kept out of training. */
export interface Keepsake {
	readonly seed: number;
	readonly classes: readonly OwnClass[];
}

/** Classes as this browser keeps them, where the reader wants it, and as a file. */
export class Keeping {
	/** Bytes of what this browser keeps; `null`: nothing. */
	bytes: number | null = $state(null);
	/** What was kept last, as a text. */
	#kept = $state('');
	readonly #problem: Problem;

	constructor(problem: Problem) {
		this.#problem = problem;
	}

	/** Whether this, of which there is something, would be lost with the page. */
	lacks(keepsake: Keepsake): boolean {
		return keepsake.classes.some(({ pictures }) => pictures.length > 0) && this.#kept !== textOf(keepsake);
	}

	async look(): Promise<void> {
		this.bytes = await keptClassesBytes();
	}

	/** Keeps classes and pictures in this browser, in place of what was kept before. */
	async keep({ seed, classes }: Keepsake): Promise<void> {
		this.#problem.forget();
		const text = textOf({ seed, classes });
		const found = await keepClasses({
			seed,
			classes: classes.map(({ name, pictures, isOff }) => ({
				...{ name, isOff },
				pictures: pictures.map(({ blob }) => blob)
			}))
		});
		if (found === 'full') this.#problem.say('keeping', m.classes_problem_storage_full());
		if (found === 'refused') this.#problem.say('keeping', m.classes_problem_storage_refused());
		if (typeof found === 'number') this.#kept = text;
		await this.look();
	}

	/** What is kept, to be used; `null`, and a sentence, where it is not whole. */
	async open(): Promise<Keepsake | null> {
		this.#problem.forget();
		const found = await readClasses();
		if (!found || found.classes.length === 0) {
			this.#problem.say('keeping', m.classes_problem_storage_gone());
			await this.look();
			return null;
		}
		const classes = found.classes
			.slice(0, mostClasses)
			.map(
				({ name, pictures, isOff }) => new OwnClass(name, pictures.slice(0, mostPictures).map(keptOf), isOff)
			);
		const keepsake = { seed: found.seed, classes };
		this.#kept = textOf(keepsake);
		return keepsake;
	}

	async remove(): Promise<void> {
		await removeClasses();
		this.#kept = '';
		await this.look();
	}

	/** Classes and their pictures as one file, or one class's. */
	async packed(classes: readonly OwnClass[]): Promise<Blob | null> {
		this.#problem.forget();
		const [first] = classes;
		try {
			return await (await import('./pictureArchive')).packed(classes);
		} catch (error) {
			this.#problem.fail(classes.length === 1 ? first! : 'keeping', error);
			return null;
		}
	}
}

const textOf = ({ seed, classes }: Keepsake): string =>
	JSON.stringify([
		seed,
		classes.map(({ name, isOff, pictures }) => [name, isOff, pictures.map(({ id }) => id)])
	]);
