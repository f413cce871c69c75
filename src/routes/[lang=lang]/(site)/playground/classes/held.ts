import type { OwnClasses } from './classes.svelte';

let held: OwnClasses | null = null;

/** The classes of this tab: pictures outlive the page that they were given to, until it is loaded anew. */
export const heldClasses = (): OwnClasses | null => held;

export function holdClasses(own: OwnClasses): void {
	held = own;
}
