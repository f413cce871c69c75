import { addCarrier } from '$lib/stored/carriers';
import type { OwnClasses } from './classes.svelte';

let held: OwnClasses | null = null;

/**
 * The classes of this tab, made when they are first asked for: pictures outlive the page that they were given to, and are put down for
 * when it is loaded anew. Whoever leaves while they are not is asked, on whichever page. What is derived belongs to no page either, so that it goes
 * on when one is left.
 */
export function heldClasses(make: () => OwnClasses): OwnClasses {
	if (!held)
		$effect.root(() => {
			const made = (held = make());
			addCarrier(made.carrier);
			$effect(() => made.putDown());
			addEventListener('beforeunload', (event) => {
				if (made.isAtRisk) event.preventDefault();
			});
		});
	return held!;
}
