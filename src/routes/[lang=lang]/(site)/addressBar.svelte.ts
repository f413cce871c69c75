import { onMount } from 'svelte';

/** What keeps its state in the address. */
interface Addressed {
	readonly search: string;
	read(search: string): void;
}

/** Milliseconds that a change waits: browsers refuse more than about a hundred new addresses in half a minute. */
const delay = 120;

/**
 * Reads the address once the page is alive (it was prerendered without one), and then keeps it in step. Links to the page
 * hold its state; going back leaves the page, not the last move of a slider. To be called while a component is set up.
 */
export function keepAddress(state: Addressed): void {
	let isAlive = $state(false);
	onMount(() => {
		state.read(location.search);
		isAlive = true;
	});
	$effect(() => {
		const { search } = state;
		if (!isAlive) return;
		const timer = setTimeout(() => {
			const url = `${location.pathname}${search}${location.hash}`;
			if (search !== location.search) history.replaceState(history.state, '', url);
		}, delay);
		return () => clearTimeout(timer);
	});
}
