import { expect, it } from 'vitest';
import { linesOf } from '$lib/viz/figures/bench/layout/groups';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { partOf, sceneOf } from '$lib/viz/figures/bench/scene';
import { defaults } from '$lib/viz/figures/bench/spec';
import { overlap } from '$lib/viz/plot/labels';
import { around } from '$lib/viz/tensor/tensors';

const rooms = [
	{ width: 1240, height: 460, minCell: 4 },
	{ width: 700, height: 460, minCell: 4 },
	{ width: 328, height: 900, minCell: 6 }
];

it.each([2, 3, 4, 6, 12])(
	'what surrounds the lines of each of %i groups surrounds all of its channels, and no other’s, in any room',
	(groups) => {
		for (const room of rooms) {
			const resolution = resolveBench({ ...defaults('group'), channels: 12, filters: 12, groups });
			if (!resolution.ok) throw new Error(`${groups} groups have to work`);
			const scene = sceneOf(resolution.bench, room);
			const boxes = partOf(scene, 'tensor', 0)!.planes.map(({ outer }) => outer);
			const perGroup = boxes.length / groups;
			const groupsOfBoxes = Array.from({ length: groups }, (_, g) =>
				boxes.slice(g * perGroup, (g + 1) * perGroup)
			);
			for (const members of groupsOfBoxes) {
				const lines = linesOf(members, scene.layout.direction);
				expect(lines.flat()).toEqual(members);
				for (const line of lines.map(around))
					for (const box of boxes) if (!members.includes(box)) expect(overlap(line, box)).toBe(false);
			}
		}
	}
);
