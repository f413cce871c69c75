import { onMount, untrack } from 'svelte';

/** What keeps its state in the address. */
interface Addressed {
	readonly search: string;
	read(search: string): void;
}

/** Milliseconds that a change waits: browsers refuse more than about a hundred new addresses in half a minute. */
const delay = 350;

/**
 * Reads the address once the page is alive (it was prerendered without one), and then keeps it in step. Links to the page
 * hold its state; going back leaves the page, not the last move of a slider. To be called while a component is set up.
 * @param isMoving while it is true, the address waits until it is over.
 */
export function keepAddress(state: Addressed, isMoving: () => boolean = () => false): void {
	let isRead = $state(false);
	let isBehind = false;
	const write = () => {
		if (!isBehind) return;
		isBehind = false;
		const search = untrack(() => state.search);
		if (search === location.search) return;
		history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
	};
	onMount(() => {
		state.read(location.search);
		isRead = true;
		// Links that take the address along, such as those of the languages, take what is shown.
		const beforeLink = ({ target }: Event) => {
			if (target instanceof Element && target.closest('a')) write();
		};
		const events = ['pointerdown', 'keydown'] as const;
		for (const type of events) addEventListener(type, beforeLink, { capture: true });
		return () => {
			for (const type of events) removeEventListener(type, beforeLink, { capture: true });
		};
	});
	$effect(() => {
		if (!isRead) return;
		isBehind = true;
		if (isMoving()) return;
		void state.search;
		const timer = setTimeout(write, delay);
		return () => clearTimeout(timer);
	});
}
