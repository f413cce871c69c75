import { onMount, untrack } from 'svelte';
import { afterNavigate } from '$app/navigation';

/** What keeps its state in the address. */
interface Addressed {
	readonly search: string;
	read(search: string): void;
}

/** Milliseconds that a change waits: browsers refuse more than about a hundred new addresses in half a minute. */
const delay = 350;

/**
 * Reads the address once the page is alive (it was prerendered without one), and then keeps it in step. Links to the page
 * hold its state. Going back leaves the page, not the last move of a slider; but a link to another state of the page is an entry of
 * its own, and going back comes back to what was shown before it. To be called while a component is set up.
 * @param isMoving while it is true, the address waits until it is over.
 */
export function keepAddress(state: Addressed, isMoving: () => boolean = () => false): void {
	let isRead = $state(false);
	let isBehind = false;
	/** What the address said when it was read or written last. */
	let known = '';
	/** The page whose state it is. */
	let path = '';
	const write = () => {
		if (!isBehind) return;
		isBehind = false;
		const search = untrack(() => state.search);
		// On the way back the address is the other page's while this one is still there.
		if (search === location.search || location.pathname !== path) return;
		history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
		known = search;
	};
	const read = () => {
		isBehind = false;
		known = location.search;
		path = location.pathname;
		state.read(known);
	};
	// A link to another state of this page, or the way back from one.
	afterNavigate(({ type }) => {
		path = location.pathname;
		if (isRead && type !== 'enter' && location.search !== known) read();
	});
	onMount(() => {
		read();
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
