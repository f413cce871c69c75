import { describe, expect, it } from 'vitest';
import { channelFlow, graphCost, mixing, resolveGraph } from '$lib/nets';
import { blockedFlowKnobs, channels } from '$lib/viz/figures/blockedFlow/knobs';
import { groupStack } from '$lib/viz/channelFlow/groupStack';
import { bottlenecks, countedMacs, formulaMacs, widestWithin } from '$lib/viz/figures/equalCost/bottlenecks';
import { equalCostKnobs } from '$lib/viz/figures/equalCost/knobs';
import { budgets } from '$lib/viz/figures/groupWidths/knobs';
import { groupWidths } from '$lib/viz/figures/groupWidths/widths';
import { maxGroups, unitKnobs, unitStages } from '$lib/viz/figures/unitMorph/knobs';
import { unitCost, unitGraph, unitInput, unitTensors } from '$lib/viz/figures/unitMorph/units';
import { layoutUnit, slicesPath } from '$lib/viz/figures/unitMorph/layout/unitMorph';

const groupCounts = unitKnobs.groups.choices;
const units = unitStages.flatMap((stage) => groupCounts.map((groups) => [stage, groups] as const));

describe('unitCost', () => {
	it.each(units)('%s, g = %i: is hw(2cm/g + 9m), strides and norms counted', (stage, groups) => {
		const [side, , c] = unitInput;
		const isStrided = stage === 'strided';
		const m = isStrided ? c / 2 : c / 4;
		const g = stage === 'bottleneck' ? 1 : groups;
		const out = isStrided ? side / 2 : side;
		const { macs, params } = unitCost(stage, groups);
		expect(macs.first).toBe((side ** 2 * c * m) / g);
		expect(macs.depthwise).toBe(out ** 2 * 9 * m);
		expect(macs.second).toBe((out ** 2 * c * m) / g);
		expect(params.total).toBe((2 * c * m) / g + 9 * m + 2 * (2 * m + c));
		// Nothing in the unit has MACs or parameters besides.
		const { total } = graphCost(resolveGraph(unitGraph(stage, groups)));
		expect([macs.total, params.total]).toEqual([total.macs, total.params.trainable]);
	});
});

describe('unitTensors', () => {
	it('(c) doubles the channels and halves the sides', () => {
		expect(unitTensors('strided', 3).output.shape).toEqual([14, 14, 96]);
		expect(unitTensors('grouped', 3).output.shape).toEqual(unitInput);
	});
	it('(b): a channel sees its own group before the shuffle, and after it all groups where a group has as many channels', () => {
		const { squeezed, branch } = unitTensors('grouped', 3);
		squeezed.seen.forEach((seen, channel) =>
			expect(seen).toEqual([0, 1, 2].map((group) => group === Math.floor(channel / 4)))
		);
		expect(branch.seen.every((seen) => seen.every(Boolean))).toBe(true);
	});
	it('(b) with 4 groups of 3 channels: each group gets channels of only three others', () => {
		const { branch } = unitTensors('grouped', 4);
		expect(branch.seen.every((seen) => seen.filter(Boolean).length === 3)).toBe(true);
	});
});

describe('layoutUnit', () => {
	const layouts = (width: number) =>
		units.map(([stage, groups]) => {
			const tensors = unitTensors(stage, groups);
			const unit = {
				input: unitInput[2],
				middle: tensors.squeezed.shape[2],
				branch: tensors.branch.shape[2],
				groups,
				isGrouped: stage !== 'bottleneck',
				isConcat: stage === 'strided'
			};
			return layoutUnit(unit, { middle: unitInput[2] / 2, groups: maxGroups }, width);
		});
	it.each([320, 760])('%i px: every unit is as high, and lies inside', (width) => {
		const all = layouts(width);
		expect(new Set(all.map(({ height }) => Math.round(height))).size).toBe(1);
		for (const { rows, pool, height } of all) {
			for (const box of [...Object.values(rows).flat(), pool]) {
				expect(box.x).toBeGreaterThanOrEqual(0);
				expect(box.x + box.width).toBeLessThanOrEqual(width);
				expect(box.y + box.height).toBeLessThanOrEqual(height);
			}
		}
	});
	it.each([320, 760])('%i px: paths differ in numbers only, so that one unit can become another', (width) => {
		const shapesOf = (layout: ReturnType<typeof layoutUnit>) =>
			[
				...layout.first,
				...layout.second,
				...layout.shortcut,
				...layout.shuffle,
				...layout.depthwise,
				...layout.joins,
				...Object.values(layout.rows).map((cells) => slicesPath(cells, 0, 3, () => true))
			].map((path) => path.replace(/[\d. -]+/g, ''));
		const [first, ...others] = layouts(width).map(shapesOf);
		for (const other of others) expect(other).toEqual(first);
	});
	it('adds by laying the shortcut on the branch, and concatenates by laying it beside', () => {
		const all = layouts(760);
		const at = (stage: string) => all[units.findIndex(([of]) => of === stage)]!.rows;
		expect(at('grouped').outputShortcut).toEqual(at('grouped').output);
		const { output, outputShortcut } = at('strided');
		expect(outputShortcut[0]!.x).toBeCloseTo(output.at(-1)!.x + output.at(-1)!.width, 6);
	});
});

describe('group convolutions in a row', () => {
	it.each(blockedFlowKnobs.groups.choices)(
		'%i groups of 12 channels: each layer multiplies what has been seen by the channels of a group',
		(groups) => {
			const net = resolveGraph(groupStack({ channels, groups, layers: 4 }));
			const perGroup = channels / groups;
			const layers = Math.ceil(Math.log(channels) / Math.log(perGroup) - 1e-9);
			expect(mixing(net, channelFlow(net))?.layers).toBe(layers);
		}
	);
});

describe('bottleneck units', () => {
	const cases = bottlenecks.flatMap((unit) =>
		equalCostKnobs.channels.choices.flatMap((c) =>
			equalCostKnobs.groups.choices.map((groups) => [unit, c, groups] as const)
		)
	);
	it.each(cases)('%s, c = %i, g = %i: the formula is what is counted', (unit, c, groups) => {
		expect(formulaMacs(unit, c, groups)).toEqual(countedMacs(unit, c, groups));
	});
	it('the widest unit is within the budget, and the next one is not', () => {
		const budget = countedMacs('resnet', 480, 3).total;
		const widest = widestWithin('shufflenet', 3, budget);
		expect(countedMacs('shufflenet', widest, 3).total).toBeLessThanOrEqual(budget);
		expect(formulaMacs('shufflenet', widest + 12, 3).total).toBeGreaterThan(budget);
	});
});

describe('groupWidths', () => {
	it('has the widths of the paper’s table 1', () => {
		expect(groupWidths(1).map(({ groups, stages }) => [groups, ...stages])).toEqual([
			[1, 144, 288, 576],
			[2, 200, 400, 800],
			[3, 240, 480, 960],
			[4, 272, 544, 1088],
			[8, 384, 768, 1536]
		]);
	});
	it.each(budgets)('$scale×: all lie near $millions million MACs', ({ scale, millions }) => {
		for (const { macs } of groupWidths(scale)) {
			expect(macs / 1e6).toBeGreaterThan(0.8 * millions);
			expect(macs / 1e6).toBeLessThan(1.15 * millions);
		}
	});
});
