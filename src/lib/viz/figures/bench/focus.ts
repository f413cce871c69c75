import type { Granularity } from '$lib/ops/types';
import { channelColour } from '../../tensor/channelColour';
import { cellBox } from '../../tensor/paths';
import { type StepTie, tieOf } from '../../tensor/stepTie';
import type { Resolved } from './resolve';
import { partOf, positionOfTarget, type Scene } from './scene';
import { currentAt, wholeOf } from './timeline';

/** What step `n` reads, with what, and what it writes; `null` where channels move. */
export function tieAt(bench: Resolved, scene: Scene, n: number, granularity: Granularity): StepTie | null {
	const current = currentAt(bench, n, granularity);
	const whole = wholeOf(bench, current);
	if (current.kind === 'move' || !whole) return null;
	const { stage, step } = current;
	const { cell } = scene.layout;
	const { kind } = bench.stages[stage]!.layer;
	const input = partOf(scene, 'tensor', stage)!;
	const output = partOf(scene, 'tensor', stage + 1)!;
	const { channel, y, x } = step.output;
	return tieOf({
		streets: scene.streets,
		cell,
		body: String(stage),
		read: (from) => ({ plane: input.planes[from]!, colour: channelColour(scene.dependency, stage, from) }),
		weight({ weight }) {
			if (weight === null) return null;
			const at = positionOfTarget(bench, scene, { kind: 'weight', stage, index: weight });
			return at && cellBox(at.plane, cell, at.row, at.column);
		},
		filter: partOf(scene, 'filters', stage)?.filters[channel] ?? null,
		output: { plane: output.planes[channel]!, row: y, column: x },
		colour: channelColour(scene.dependency, stage + 1, channel),
		whole: whole.terms,
		terms: step.terms,
		isOneTap: granularity === 'multiply',
		usesSome: kind === 'transposedConv2d',
		before: step.before,
		add: (result, { product }) => (kind === 'maxPool' ? Math.max(result, product) : result + product),
		after: step.after,
		writes: step.writes
	});
}
