const type = 'lightnets:said';

/** Says a sentence where the reader is on the page (`src/routes/Notices.svelte`), in place of the last one; `null` takes that back. */
export function say(sentence: string | null): void {
	dispatchEvent(new CustomEvent(type, { detail: sentence }));
}

/** Hears what is said: who has said something of an earlier drop takes it back then. @returns what ends it */
export function onSaid(heard: (sentence: string | null) => void): () => void {
	const hear = (event: Event) => heard((event as CustomEvent<string | null>).detail);
	addEventListener(type, hear);
	return () => removeEventListener(type, hear);
}
