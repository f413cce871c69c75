import { m } from '$lib/i18n';
import {
	keepClasses,
	keptClassesBytes,
	readClasses,
	removeClasses,
	type StoredClasses
} from '$lib/stored/ownClasses';
import { inThisLanguage } from './givenNames';
import { keptOf, letGo, type Kept } from './kept';
import { mostClasses, mostPictures, OwnClass } from './ownClass.svelte';
import type { Problem } from './problem.svelte';

/** What is kept: classes with their pictures, and the seed that draws which of these are kept out of training. */
export interface Keepsake {
	readonly seed: number;
	readonly classes: readonly OwnClass[];
}

/** What was kept until it was removed, others took its place, or what had been kept before took it back. */
export interface Before {
	readonly way: 'removed' | 'replaced' | 'undone';
	readonly classes: StoredClasses;
	/** What it is on the page, as a text; none where the page has never had it. */
	readonly text: string;
}

/** Classes as this browser keeps them, where the reader wants it, and as a file. */
export class Keeping {
	/** Bytes of what this browser keeps; `null`: nothing. */
	bytes: number | null = $state(null);
	/** What was kept before, which can be brought back. */
	before: Before | null = $state.raw(null);
	/** What was kept last, as a text. */
	#kept = $state('');
	#isWriting = false;
	readonly #problem: Problem;

	constructor(problem: Problem) {
		this.#problem = problem;
	}

	/** Whether this, of which there is something, would be lost with the page. */
	lacks(keepsake: Keepsake): boolean {
		return keepsake.classes.some(({ pictures }) => pictures.length > 0) && this.#kept !== textOf(keepsake);
	}

	/** Looks what is kept, which another tab may have changed. */
	async look(): Promise<void> {
		this.bytes = await keptClassesBytes();
	}

	/** Whether this is what is kept already. */
	has(keepsake: Keepsake): boolean {
		return this.bytes !== null && this.#kept === textOf(keepsake);
	}

	/** Another tab may have kept something else, or nothing; this page tells of what it keeps itself, too, and hears it. */
	async lookAnew(): Promise<void> {
		if (this.#isWriting) return;
		const before = this.bytes;
		await this.look();
		if (before !== null && this.bytes !== before) this.#kept = '';
	}

	/** Keeps classes and pictures in this browser, in place of what was kept before. */
	async keep({ seed, classes }: Keepsake): Promise<void> {
		this.#problem.forget();
		// Kept again, it would take the place of what it took the place of, which could not be brought back then.
		if (this.has({ seed, classes })) return;
		const text = textOf({ seed, classes });
		await this.#replace(storable({ seed, classes }), text);
	}

	/** Takes for granted that this is what is kept: it was before the page was loaded anew. */
	isAs(keepsake: Keepsake): void {
		this.#kept = textOf(keepsake);
	}

	/** Keeps classes; those in whose place they are can be brought back. @param text theirs, where the page has them */
	async #replace(
		classes: StoredClasses,
		text: string,
		way: 'replaced' | 'undone' = 'replaced'
	): Promise<void> {
		await this.#write(async () => {
			const [replaced, replacedText] = [await readClasses(), this.#kept];
			const found = await keepClasses(classes);
			if (found === 'full') this.#problem.say('keeping', m.classes_problem_storage_full());
			if (found === 'refused') this.#problem.say('keeping', m.classes_problem_storage_refused());
			if (typeof found !== 'number') return;
			this.#kept = text;
			this.before = replaced && { way, classes: replaced, text: replacedText };
		});
	}

	/** Changes what is kept; what is heard of it meanwhile is this page's own word. */
	async #write(change: () => Promise<void>): Promise<void> {
		this.#isWriting = true;
		try {
			await change();
			await this.look();
		} finally {
			this.#isWriting = false;
		}
	}

	/** What is kept, to be used; `null`, and a sentence, where it is not whole. */
	async open(): Promise<Keepsake | null> {
		this.#problem.forget();
		const found = await readClasses();
		if (!found || found.classes.length === 0) {
			await this.look();
			// Another tab may have removed it since.
			this.#problem.say(
				'keeping',
				this.bytes === null ? m.classes_problem_storage_removed() : m.classes_problem_storage_gone()
			);
			return null;
		}
		const keepsake = await opened(found);
		this.#kept = textOf(keepsake);
		return keepsake;
	}

	/** Removes what is kept, which may be more than this tab has: until something else is kept, it can be brought back. */
	async remove(): Promise<void> {
		this.#problem.forget();
		const classes = await readClasses();
		this.before = classes && { way: 'removed', classes, text: this.#kept };
		await this.#write(async () => {
			await removeClasses();
			this.#kept = '';
		});
	}

	/** Keeps again what was kept before. */
	async undo(): Promise<void> {
		this.#problem.forget();
		if (!this.before) return;
		const { classes, text, way } = this.before;
		await this.#replace(classes, text, way === 'undone' ? 'replaced' : 'undone');
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

const storable = ({ seed, classes }: Keepsake): StoredClasses => ({
	seed,
	classes: classes.map(({ name, pictures, isOff }) => ({
		...{ name, isOff },
		pictures: pictures.map(({ blob }) => blob)
	}))
});

/** Classes as the page has them: no more than it takes, and none of a class twice. */
async function opened({ seed, classes: found }: StoredClasses): Promise<Keepsake> {
	const classes: OwnClass[] = [];
	const taken = found.slice(0, mostClasses);
	const names = inThisLanguage(taken.map(({ name }) => name));
	for (const [i, { pictures, isOff }] of taken.entries()) {
		const all = await Promise.all(pictures.map(keptOf));
		const isFirst = ({ print }: Kept, i: number) => all.findIndex((other) => other.print === print) === i;
		const own = all.filter(isFirst).slice(0, mostPictures);
		letGo(all.filter((picture) => !own.includes(picture)));
		classes.push(new OwnClass(names[i]!, own, isOff));
	}
	return { seed, classes };
}

const textOf = ({ seed, classes }: Keepsake): string =>
	JSON.stringify([
		seed,
		classes.map(({ name, isOff, pictures }) => [name, isOff, pictures.map(({ id }) => id)])
	]);
