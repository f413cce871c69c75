import { idleMoment } from '$lib/stored/connection';
import { firstMove } from '$lib/viz/ui/firstMove';

let last: Promise<unknown> = Promise.resolve();

/**
 * Starts what a page has below, once the reader moves, one after the other, whenever the browser has nothing else to do: so wherever
 * one leaps to, it is there.
 */
export function inTurn(start: () => Promise<unknown>): void {
	last = Promise.all([last, firstMove()]).then(idleMoment).then(start);
}
