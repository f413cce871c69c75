/** What turns the direction of the text around it without being seen: marks, embeddings, overrides and isolates. */
const turns = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Control characters: line ends and tabs among them. */
const controls = /\p{Cc}+/gu;
/** Letters of scripts that are written from right to left. */
const fromTheRight =
	/[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** A text without what would turn the words around it. */
export const unturned = (text: string): string => text.replaceAll(turns, '');

/** A name from outside as it is shown: on one line, and without what would turn the words around it. */
export const plainName = (text: string): string => unturned(text).replaceAll(controls, ' ').trim();

/** A name as it stands among other words, which stay as they are where it is written from right to left. */
export const isolated = (name: string): string => (fromTheRight.test(name) ? `\u2068${name}\u2069` : name);
