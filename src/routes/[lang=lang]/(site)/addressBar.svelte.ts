import { onMount, untrack } from 'svelte';
import { afterNavigate, goto } from '$app/navigation';

/** What keeps its state in the address. */
interface Addressed {
	readonly search: string;
	/** What of its state is a place of its own, where something is: another one is a step of history, as it is where a link leads to it. */
	readonly place?: string;
	read(search: string): void;
}

/** Milliseconds that a change waits: browsers refuse more than about a hundred new addresses in half a minute. */
const delay = 350;

/**
 * Reads the address once the page is alive (it was prerendered without one), and then keeps it in step. Links to the page
 * hold its state. Going back leaves the page, not the last move of a slider; but another place of the page is an entry of its own, whether a
 * link leads there or a control, and going back comes back to what was shown before it. To be called while a component is set up.
 * @param isMoving while it is true, the address waits until it is over.
 */
export function keepAddress(state: Addressed, isMoving: () => boolean = () => false): void {
	let isRead = $state(false);
	let isBehind = false;
	/** While history takes a step to what is shown. */
	let isStepping = false;
	/** What the address said when it was read or written last. */
	let known = '';
	/** The place of the entry that history stands at, and what is to be its address. */
	let entry: { readonly place: string | undefined; search: string };
	/** The page whose state it is. */
	let path = '';
	const now = () => untrack(() => ({ place: state.place, search: state.search }));
	/** @param isLeft whether what is shown has to be in the address at once, which a step of history is not */
	const write = (isLeft = false) => {
		if (!isBehind && !isStepping) return;
		isBehind = false;
		// On the way back the address is the other page's while this one is still there.
		if (location.pathname !== path) return;
		const { place, search } = now();
		const isStep = !isLeft && place !== entry.place;
		const left = isStep ? entry.search : search;
		if (left !== location.search) history.replaceState(history.state, '', `${path}${left}${location.hash}`);
		known = search;
		entry = { place, search };
		if (isStep) void step(`${path}${search}`);
	};
	const step = async (address: string) => {
		isStepping = true;
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- the address of this very page
		await goto(address, { keepFocus: true, noScroll: true }).catch(() => {});
		isStepping = false;
	};
	const read = () => {
		isBehind = false;
		known = location.search;
		path = location.pathname;
		state.read(known);
		entry = now();
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
			if (target instanceof Element && target.closest('a')) write(true);
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
		const { place, search } = state;
		// What is left is gone back to as it was, however soon it was left.
		if (place === entry.place) entry.search = search;
		const timer = setTimeout(() => write(), delay);
		return () => clearTimeout(timer);
	});
}
