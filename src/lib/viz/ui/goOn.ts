import { tick } from 'svelte';

/**
 * Makes a change that may take away what the keyboard is at: a button that goes, or can be pressed no more. Where it does, the keyboard
 * goes on at what `to` finds once the change is shown; whoever is somewhere else by then stays there.
 */
export async function goOn(change: () => unknown, to: () => HTMLElement | null | undefined): Promise<void> {
	const from = document.activeElement;
	await change();
	await tick();
	const at = document.activeElement;
	const isNowhere = at === null || at === document.body || at === from;
	if (from && from !== document.body && isNowhere && !canHold(from)) to()?.focus();
}

const canHold = (element: Element) =>
	element.isConnected && !element.matches(':disabled') && (element.checkVisibility?.() ?? true);
