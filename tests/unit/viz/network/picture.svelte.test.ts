import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '$lib/nets';
import { DiagramMotion } from '$lib/viz/figures/network/diagramMotion.svelte';
import { layoutNetwork } from '$lib/viz/figures/network/layout/network';
import { motionLength, pictureBetween, stillPicture } from '$lib/viz/figures/network/layout/picture';

const graph = resolveGraph(networkById('xception').build());
const layoutOf = (...open: string[]) => layoutNetwork(graph, { open, direction: 'right', width: 1000 });
const closed = layoutOf();
const unfolded = layoutOf('block5*');
const opened = layoutOf('block2', 'block2/sepconv1');

describe('pictureBetween(from, to, place)', () => {
	it.each([
		['unfolding', closed, unfolded],
		['folding', unfolded, closed],
		['opening', closed, opened],
		['closing', opened, closed],
		['one to another', unfolded, opened]
	])(
		'%s: begins with all that stood where it stood, ends with the layout, and never leaves the way',
		(_, a, b) => {
			const from = stillPicture(a);
			const begin = pictureBetween(from, b, 0);
			for (const { key, x, y } of a.items) {
				const seen = begin.items.find((item) => item.key === key)!;
				expect([seen.pose.x, seen.pose.y, seen.pose.opacity]).toEqual([x, y, 1]);
			}
			expect(pictureBetween(from, b, 1)).toEqual(stillPicture(b));
			const keys = (place: number) => pictureBetween(from, b, place).items.map(({ key }) => key);
			expect(keys(0.3)).toEqual(keys(0.7));
			const [early, late] = [pictureBetween(from, b, 0.25), pictureBetween(from, b, 0.75)];
			early.items.forEach(({ pose, isGoing }, i) => {
				const [start, end] = [begin.items[i]!.pose, late.items[i]!.pose];
				for (const side of ['x', 'y', 'scaleX', 'scaleY'] as const)
					expect(pose[side]).toBeCloseTo(start[side] + (end[side] - start[side]) / 3, 6);
				if (isGoing) expect(start.opacity).toBeGreaterThan(pose.opacity);
				else expect(pose.opacity).toBeCloseTo(start.opacity + (end.opacity - start.opacity) / 3, 6);
			});
		}
	);

	it('lets blocks out of the card that they were folded into', () => {
		const card = closed.items.find(({ key }) => key === 'block5*/')!;
		const inside = pictureBetween(stillPicture(closed), unfolded, 0).items.filter(
			({ parent }) => parent === 'block5*/'
		);
		expect(inside).toHaveLength(8);
		for (const { pose, width, height } of inside) {
			expect(pose.opacity).toBe(0);
			expect(pose.x).toBeGreaterThanOrEqual(card.x);
			expect(pose.y).toBeGreaterThanOrEqual(card.y);
			expect(pose.x + width * pose.scaleX).toBeLessThanOrEqual(card.x + card.width);
			expect(pose.y + height * pose.scaleY).toBeLessThanOrEqual(card.y + card.height);
		}
	});

	it('goes on from any moment', () => {
		const between = pictureBetween(stillPicture(closed), unfolded, 0.4);
		const back = pictureBetween(between, closed, 0);
		for (const { key, pose } of between.items) {
			const same = back.items.find((item) => item.key === key)!;
			expect([same.pose.x, same.pose.y, same.pose.opacity]).toEqual([pose.x, pose.y, pose.opacity]);
		}
		expect(pictureBetween(between, closed, 1)).toEqual(stillPicture(closed));
	});

	it('takes 150 to 600 ms', () => {
		for (const [a, b] of [
			[closed, unfolded],
			[unfolded, closed],
			[closed, layoutNetwork(graph, { open: [], direction: 'right', width: 999 })]
		] as const) {
			const length = motionLength(stillPicture(a), b);
			expect(length).toBeGreaterThanOrEqual(150);
			expect(length).toBeLessThanOrEqual(600);
		}
	});
});

describe('DiagramMotion', () => {
	function motion(isStill: boolean) {
		let layout = $state.raw(closed);
		const moving = new DiagramMotion(
			() => layout,
			() => isStill
		);
		return { moving, show: (next: typeof closed) => (layout = next) };
	}

	it('goes from what it shows to its layout, told of time', () => {
		const { moving, show } = motion(false);
		moving.begin();
		show(unfolded);
		expect([moving.isMoving, moving.picture.height]).toEqual([true, closed.height]);
		moving.advance(100);
		expect(moving.picture.height).toBeGreaterThan(closed.height);
		expect(moving.picture.height).toBeLessThan(unfolded.height);
		// Back from where it is.
		const { height } = moving.picture;
		moving.begin();
		show(closed);
		expect(moving.picture.height).toBe(height);
		moving.advance(600);
		expect([moving.isMoving, moving.picture]).toEqual([false, stillPicture(closed)]);
	});

	it('jumps where motion is unwanted', () => {
		const { moving, show } = motion(true);
		moving.begin();
		show(unfolded);
		expect([moving.isMoving, moving.picture]).toEqual([false, stillPicture(unfolded)]);
	});
});
