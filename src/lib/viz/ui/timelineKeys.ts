import type { Player } from './player.svelte';

/** Elements that have a use of their own for a key keep it. */
function isTaken(event: KeyboardEvent): boolean {
	if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
	const target = event.target instanceof Element ? event.target : null;
	if (!target) return false;
	if (target.closest('input, select, textarea, [contenteditable], dialog')) return true;
	return event.key === ' ' && target.closest('button, a, summary, label') !== null;
}

/** Does what a key is for, wherever the focus is, unless something there has a use for it. */
export function pressTimelineKey(
	event: KeyboardEvent,
	player: Player,
	{
		onalone,
		isAlone,
		onhelp
	}: { readonly onalone: () => void; readonly isAlone: boolean; readonly onhelp?: () => void }
): void {
	if (isTaken(event)) return;
	const keys: Record<string, (() => void) | undefined> = {
		' ': () => player.toggle(),
		ArrowLeft: () => player.back(),
		ArrowRight: () => player.forward(),
		Home: () => player.start(),
		End: () => player.end(),
		f: onalone,
		F: onalone,
		// What a presenter's remote sends. Beside a text, they turn its pages.
		PageUp: isAlone ? () => player.back() : undefined,
		PageDown: isAlone ? () => player.forward() : undefined,
		'?': onhelp
	};
	const key = keys[event.key];
	if (!key) return;
	event.preventDefault();
	key();
}
