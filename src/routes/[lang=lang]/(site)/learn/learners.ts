import { netOf } from '$lib/training/session';
import { verdictOf } from '$lib/training/verdict';
import type { Way } from '$lib/training/ways';

/** Of some ways of convolving, those that can learn what channels 0 and 2 say together, as the figure of training has them at first. */
export function learners(ways: readonly Way[]): readonly Way[] {
	const backbone = { channels: 4, width: 8, depth: 3, groups: 2, norm: true };
	const task = { id: 'together', a: 0, b: 2 } as const;
	return ways.filter((way) => verdictOf(netOf({ backbone, own: null }, way), task).can);
}
