import { isolated, unturned } from '$lib/nets/plainText';
import type { Kept } from './kept';

export const mostClasses = 10;
/** Pictures of a class that are taken; with 256×256 pixels each, some megabytes. */
export const mostPictures = 200;
/** Letters of a class's name. */
export const longestName = 60;

/** Whether names are one to a reader, and to most file systems. */
export const areAlike = (a: string, b: string): boolean =>
	a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

let nextClass = 1;

/** A class of the reader's: what it is called, and its pictures. */
export class OwnClass {
	readonly id = nextClass++;
	readonly #firstName: string;
	#name = $state('');
	pictures: readonly Kept[] = $state.raw([]);
	/** Whether networks are not to learn it, for now. */
	isOff = $state(false);

	constructor(name: string, pictures: readonly Kept[] = [], isOff = false) {
		this.name = name;
		this.#firstName = this.name;
		this.pictures = pictures;
		this.isOff = isOff;
	}

	get name(): string {
		return this.#name;
	}
	set name(name: string) {
		this.#name = unturned(name);
	}

	/** Its name as it stands in a sentence. */
	get said(): string {
		return isolated(this.name);
	}

	/** Whether a copy of a picture is in it. */
	has({ print }: Pick<Kept, 'print'>): boolean {
		return this.pictures.some((picture) => picture.print === print);
	}

	/** Whether there is anything in it that was not there when it was made. */
	get isUsed(): boolean {
		return this.pictures.length > 0 || this.name !== this.#firstName;
	}
}
