import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shuffled } from '$lib/ops/channelShuffle';
import { tieAt } from '$lib/viz/figures/bench/focus';
import { shuffleLinks } from '$lib/viz/figures/bench/layout/shuffle';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { partOf, type Scene, sceneOf } from '$lib/viz/figures/bench/scene';
import { defaults } from '$lib/viz/figures/bench/spec';
import { currentAt, stepCount, wholeOf } from '$lib/viz/figures/bench/timeline';
import type { Box } from '$lib/viz/tensor/tensors';
import { fittingSpecs } from './fitting';
import { crossed, pointsOf } from '../tensor/paths';

const rooms = fc.record({
	width: fc.constantFrom(328, 700, 1080, 1240, 1860),
	height: fc.constantFrom(470, 640),
	minCell: fc.constantFrom(4, 6, 24)
});

/** Everything that a link can cross: planes with their headers and ghost cells, biases, titles. */
const obstacles = (scene: Scene): Box[] =>
	scene.parts.flatMap(({ part, planes, filters, title }) => [
		title.box,
		...(part.kind === 'shuffle' ? [] : planes.map(({ outer }) => outer)),
		...filters.flatMap(({ planes, bias }) => [...planes, ...(bias ? [bias] : [])].map(({ outer }) => outer))
	]);

const moments = fc.record({
	spec: fittingSpecs(),
	room: rooms,
	any: fc.nat(),
	granularity: fc.constantFrom('value', 'multiply')
});
type Moment = typeof moments extends fc.Arbitrary<infer M> ? M : never;

function momentOf({ spec, room, any, granularity }: Moment) {
	const resolution = resolveBench(spec);
	if (!resolution.ok) throw new Error('it fits');
	const { bench } = resolution;
	const scene = sceneOf(bench, room);
	const step = any % stepCount(bench, granularity);
	return { bench, scene, step, granularity };
}

describe('links of a step', () => {
	test('cross no plane, bias or title but those that they leave and reach', () => {
		fc.assert(
			fc.property(moments, (moment) => {
				const { bench, scene, step, granularity } = momentOf(moment);
				const tie = tieAt(bench, scene, step, granularity);
				if (!tie) return;
				const current = currentAt(bench, step, granularity);
				const whole = wholeOf(bench, current)!;
				const channels = [...new Set(whole.terms.map(({ at }) => at.channel))];
				const input = partOf(scene, 'tensor', current.stage)!;
				const filter = partOf(scene, 'filters', current.stage)?.filters[whole.output.channel];
				const output = partOf(scene, 'tensor', current.stage + 1)!.planes[whole.output.channel]!.outer;
				const ends = [
					...channels.map((channel, i) => [
						input.planes[channel]!.outer,
						filter ? filter.planes[i]!.outer : output
					]),
					...(filter ? [[output]] : [])
				];
				expect(tie.links).toHaveLength(ends.length);
				for (const [i, { path, width }] of tie.links.entries()) {
					const others = obstacles(scene).filter((box) => !ends[i]!.includes(box));
					expect(crossed(pointsOf(path), others, Math.min(0.4, width / 2))).toEqual([]);
				}
			}),
			{ numRuns: 400 }
		);
	});
	test('leave the window that is read and end at the cell that is made', () => {
		fc.assert(
			fc.property(moments, (moment) => {
				const { bench, scene, step, granularity } = momentOf(moment);
				const tie = tieAt(bench, scene, step, granularity);
				if (!tie || tie.windows.length === 0) return;
				const { output } = tie;
				const touches = ({ x, y, width, height }: Box, point: { x: number; y: number }) =>
					point.x >= x - 0.1 &&
					point.x <= x + width + 0.1 &&
					point.y >= y - 0.1 &&
					point.y <= y + height + 0.1;
				expect(touches(output, pointsOf(tie.links.at(-1)!.path).at(-1)!)).toBe(true);
				const { cell } = scene.layout;
				for (const [i, { x, y }] of tie.windows.entries()) {
					const [start] = pointsOf(tie.links[i]!.path);
					const [columns, rows] = [(start!.x - x) / cell, (start!.y - y) / cell];
					// From a line between cells, along the way that data runs.
					const across = scene.layout.direction === 'row' ? rows : columns;
					expect(Math.abs(across - Math.round(across))).toBeLessThan(0.05);
					expect(Math.min(rows, columns)).toBeGreaterThanOrEqual(-0.05);
				}
			}),
			{ numRuns: 200 }
		);
	});
	/** A link that runs half a pixel beside a title, and turned into its corner. */
	const besideTitle = [
		{ ...defaults('shuffle'), height: 1, width: 12, channels: 12, groups: 2 },
		{ width: 328, height: 470, minCell: 4 }
	] as const;
	test('of shuffled channels cross no plane and no title but those of the channel', () => {
		fc.assert(
			fc.property(fittingSpecs(['shuffle']), rooms, (spec, room) => {
				const resolution = resolveBench({ ...spec, shuffle: true });
				if (!resolution.ok) throw new Error('it fits');
				const scene = sceneOf(resolution.bench, room);
				const part = scene.parts.find(({ subject }) => subject.kind === 'shuffle')!;
				const [before, after] = [1, 2].map((tensor) => partOf(scene, 'tensor', tensor)!.planes);
				const way = scene.layout.direction;
				const links = shuffleLinks(
					{ way, outer: part.outer, groups: spec.groups, before: before!, after: after! },
					scene.streets
				);
				const perGroup = before!.length / spec.groups;
				for (const [channel, { comes, goes }] of links.entries()) {
					const own = [before![channel]!.outer, after![shuffled(channel, spec.groups, perGroup)]!.outer];
					for (const path of [comes, goes]) {
						expect(path).not.toBe('');
						const others = obstacles(scene).filter((box) => !own.includes(box));
						expect(crossed(pointsOf(path), others, 0.3)).toEqual([]);
					}
				}
			}),
			{ numRuns: 100, examples: [[...besideTitle]] }
		);
	});
	test('a bench of one channel has one link to its filter and one on', () => {
		const resolution = resolveBench({ ...defaults('standard'), channels: 1 });
		if (!resolution.ok) throw new Error('it fits');
		const scene = sceneOf(resolution.bench, { width: 1240, height: 470 });
		expect(tieAt(resolution.bench, scene, 0, 'value')!.links).toHaveLength(2);
	});
});
