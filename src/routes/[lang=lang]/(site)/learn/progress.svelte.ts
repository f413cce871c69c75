import { keepText, readText } from '$lib/stored/texts';

const key = 'lessons';
/** What another version of the site may have left is not trusted to be small. */
const maxRead = 50;

/** Which lessons have been read to their end, kept on this device. */
export class Progress {
	#read = $state.raw<readonly string[]>([]);
	readonly read = $derived(this.#read);

	/** Takes what the device has kept; to be called once the page is alive, since it was prerendered without. */
	load(): void {
		this.#read = stored();
	}

	finish(slug: string): void {
		this.#read = stored();
		if (this.#read.includes(slug)) return;
		this.#read = [...this.#read, slug];
		this.#keep();
	}

	forget(): void {
		this.#read = [];
		this.#keep();
	}

	#keep(): void {
		keepText('device', key, this.#read.length === 0 ? null : JSON.stringify(this.#read));
	}
}

function stored(): readonly string[] {
	try {
		const value: unknown = JSON.parse(readText('device', key) ?? '[]');
		if (!Array.isArray(value)) return [];
		const slugs = value.filter(
			(slug): slug is string => typeof slug === 'string' && /^[a-z][a-z0-9-]{0,60}$/.test(slug)
		);
		return [...new Set(slugs)].slice(0, maxRead);
	} catch {
		return [];
	}
}
