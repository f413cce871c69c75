import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tieAt } from '$lib/viz/figures/bench/focus';
import { chipsAt } from '$lib/viz/figures/bench/layout/shuffle';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { partOf, positionOfTarget, sceneOf } from '$lib/viz/figures/bench/scene';
import { type BenchOp, benchOps, defaults } from '$lib/viz/figures/bench/spec';
import { currentAt, stepCount } from '$lib/viz/figures/bench/timeline';
import { momentAt, pictureAt, type StepPicture } from '$lib/viz/tensor/stepPicture';
import { formatCell } from '$lib/viz/tensor/values';

function benchOf(op: BenchOp, granularity: 'value' | 'multiply' = 'value', width = 1240) {
	const resolution = resolveBench(defaults(op));
	if (!resolution.ok) throw new Error(op);
	const { bench } = resolution;
	const scene = sceneOf(bench, { width, height: 545 });
	const at = (position: number) => pictureAt(position, (step) => tieAt(bench, scene, step, granularity));
	return { bench, scene, at, count: stepCount(bench, granularity) };
}

const cases = fc.record({
	op: fc.constantFrom(...benchOps),
	granularity: fc.constantFrom('value', 'multiply'),
	width: fc.constantFrom(360, 1240),
	part: fc.double({ min: 0, max: 1, noNaN: true })
});

/** Everything that has a place, by what it is, with what it weighs. */
function placed({ windows, motes, output, filter, marked, linked, made }: StepPicture) {
	return {
		seen: [
			...windows.map(({ channel, x, y, opacity }) => ({ id: `w${channel}`, x, y, opacity })),
			...(filter ? [{ id: 'filter', ...filter }] : [])
		].filter(({ opacity }) => opacity > 0.02),
		output,
		motes: motes.filter(({ opacity }) => opacity > 0.02),
		amounts: [marked, linked, made]
	};
}

describe('momentAt(position)', () => {
	test.each([
		[0, 0, 1],
		[3, 3, 1],
		[3.4, 4, 0.4],
		[-0.25, 0, 0.75],
		[-1, 0, 0]
	])('%d lies in step %d, %d of it done', (position, step, done) => {
		const moment = momentAt(position);
		expect(moment.step).toBe(step);
		expect(moment.done).toBeCloseTo(done, 9);
	});
});

describe('pictureAt(position)', () => {
	test('at a whole position the step is done: windows at rest, nothing on its way, the result in its cell', () => {
		fc.assert(
			fc.property(cases, ({ op, granularity, width, part }) => {
				const { bench, scene, at, count } = benchOf(op, granularity, width);
				const n = Math.floor(part * (count - 1));
				const picture = at(n);
				const current = currentAt(bench, n, granularity);
				if (current.kind === 'move') return expect(picture).toBeNull();
				const { step } = current;
				expect(picture!.motes).toEqual([]);
				expect(picture!.windows.every(({ opacity }) => opacity === 1)).toBe(true);
				expect([picture!.linked, picture!.marked]).toEqual([1, 1]);
				expect(picture!.made).toBe(step.writes === null ? 0 : 1);
				expect(picture!.text).toBe(formatCell(step.writes ?? step.after));
				const place = positionOfTarget(bench, scene, {
					...step.output,
					kind: 'cell',
					tensor: current.stage + 1
				})!;
				expect(picture!.output.x).toBeCloseTo(place.plane.x + place.column * scene.layout.cell, 6);
			}),
			{ numRuns: 60 }
		);
	});
	test('nothing jumps: a thousandth of a step moves nothing by more than a few pixels', () => {
		fc.assert(
			fc.property(cases, ({ op, granularity, width, part }) => {
				const { at, count } = benchOf(op, granularity, width);
				const position = part * (count - 1.01);
				const [a, b] = [at(position), at(position + 0.001)];
				if (!a || !b) return;
				const [before, after] = [placed(a), placed(b)];
				expect(Math.abs(before.output.x - after.output.x)).toBeLessThan(12);
				for (const [i, amount] of before.amounts.slice(0, 2).entries())
					expect(Math.abs(amount - after.amounts[i]!)).toBeLessThan(0.05);
				for (const { id, x, y, opacity } of before.seen) {
					const same = after.seen.filter((other) => other.id === id);
					if (same.length !== 1 || before.seen.filter((other) => other.id === id).length !== 1) continue;
					expect(Math.hypot(x - same[0]!.x, y - same[0]!.y)).toBeLessThan(12);
					expect(Math.abs(opacity - same[0]!.opacity)).toBeLessThan(0.05);
				}
				if (before.motes.length === after.motes.length)
					for (const [i, mote] of before.motes.entries())
						expect(Math.hypot(mote.x - after.motes[i]!.x, mote.y - after.motes[i]!.y)).toBeLessThan(24);
			}),
			{ numRuns: 150 }
		);
	});
	test('products stand on their weights before they fall, and the sum counts them as they come in', () => {
		const { bench, scene, at } = benchOf('standard');
		const current = currentAt(bench, 4, 'value');
		if (current.kind === 'move') throw new Error('a convolution has arithmetic');
		const { terms } = current.step;
		const standing = at(3.48)!.motes;
		expect(standing.map(({ text }) => text)).toEqual(terms.map(({ product }) => formatCell(product)));
		for (const [i, { x, y }] of standing.entries()) {
			const { plane, row, column } = positionOfTarget(bench, scene, {
				kind: 'weight',
				stage: 0,
				index: terms[i]!.weight!
			})!;
			expect(x).toBeCloseTo(plane.x + (column + 0.5) * scene.layout.cell, 6);
			expect(y).toBeCloseTo(plane.y + (row + 0.5) * scene.layout.cell, 6);
		}
		const sums = terms.map((_, i) =>
			formatCell(terms.slice(0, i + 1).reduce((sum, { product }) => sum + product, 0))
		);
		const seen = Array.from({ length: 41 }, (_, i) => at(3.5 + i / 100)!.text).filter((text) => text !== '');
		expect(seen.length).toBeGreaterThan(10);
		for (const text of seen.slice(0, -1)) expect(sums).toContain(text);
		expect(at(4)!.text).toBe(formatCell(current.step.writes!));
	});
	test('what is read sets out from its cell', () => {
		const { bench, scene, at } = benchOf('standard', 'multiply');
		const current = currentAt(bench, 30, 'multiply');
		if (current.kind === 'move') throw new Error('a convolution has arithmetic');
		const [term] = current.step.terms;
		const [mote] = at(29.1601)!.motes;
		const plane = partOf(scene, 'tensor', 0)!.planes[term!.at.channel]!;
		expect(mote!.text).toBe(formatCell(term!.inputValue));
		expect(mote!.x).toBeCloseTo(plane.x + (term!.at.x + 0.5) * scene.layout.cell, 0);
		expect(at(29.05)!.text).toBe(formatCell(current.step.before));
	});
});

describe('chipsAt(place, made)', () => {
	const { bench, scene } = benchOf('shuffle');
	const part = scene.parts.find(({ subject }) => subject.kind === 'shuffle')!;
	const place = {
		way: scene.layout.direction,
		outer: part.outer,
		groups: 3,
		before: partOf(scene, 'tensor', 1)!.planes,
		after: partOf(scene, 'tensor', 2)!.planes
	};
	test('chips travel evenly: from their planes, over two grids, to the planes that they become', () => {
		expect(bench.stages[1]!.layer.kind).toBe('channelShuffle');
		for (let made = 0; made < 3; made += 0.01) {
			const [a, b] = [chipsAt(place, made), chipsAt(place, made + 0.01)];
			for (const [i, { x, y }] of a.entries()) expect(Math.hypot(x - b[i]!.x, y - b[i]!.y)).toBeLessThan(12);
		}
		const ys = (made: number) => chipsAt(place, made).map(({ y }) => Math.round(y));
		const order = (list: readonly number[]) => list.map((_, i) => i).sort((a, b) => list[a]! - list[b]!);
		expect(order(ys(0))).toEqual(place.before.map((_, i) => i));
		// Position n of the shuffled tensor holds the channel that was sent there.
		expect(order(ys(3))).toEqual(
			place.before.map((_, n) => (n % 3) * (place.before.length / 3) + Math.floor(n / 3))
		);
	});
});
