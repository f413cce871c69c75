import { describe, expect, it } from 'vitest';
import { channelFlow, channelDependency } from '$lib/nets/analyses/channelFlow';
import { graphCost } from '$lib/nets/analyses/cost';
import { resolveGraph } from '$lib/nets/resolve';
import {
	countReached,
	hasSeen,
	pathsOf,
	pictureAt,
	type Picture
} from '$lib/viz/figures/threads/layout/pictureAt';
import { planWall } from '$lib/viz/figures/threads/layout/wall';
import { wallOf, wayGraph, type WallOptions } from '$lib/viz/figures/threads/ways';

const sum = (list: ArrayLike<number>) => Array.from(list).reduce((a, b) => a + b, 0);
const usual = { size: 14, kernelSize: 3 };
const walls: readonly [name: string, options: WallOptions][] = [
	['16 channels', { channels: 16 }],
	['32 channels', {}],
	['64 channels', { channels: 64 }],
	['512 channels, 16 to a dot', { counted: 512 }],
	['windows of 5×5 at 7×7', { kernelSize: 5, size: 7 }]
];

describe.each(walls)('pictureAt of %s', (_, options) => {
	const wall = wallOf(options);
	const { channels, counted } = wall;

	it('costs, at each way, what its graph costs, stage by stage, and is the sum over the threads', () => {
		for (const way of wall.ways) {
			const given = { ...usual, ...options, channels: counted, groups: way.groups };
			const graph = resolveGraph(wayGraph(way.id, given));
			const { total, nodes } = graphCost(graph);
			const { stages, macs } = pictureAt(way.at, wall);
			expect(macs).toBeCloseTo(total.macs, 4);
			for (const id of ['front', 'window', 'back'] as const) {
				const node = graph.byId.get(id);
				expect(stages[id].macs, `${way.id} ${id}`).toBeCloseTo(node ? nodes[node.index]!.macs : 0, 4);
				expect(stages[id].count * stages[id].weights * given.size ** 2).toBeCloseTo(stages[id].macs, 4);
			}
		}
	});

	it('reaches, at each way, what its channel flow says, channel by channel', () => {
		for (const way of wall.ways) {
			const given = { ...usual, ...options, groups: Math.min(way.groups, channels) };
			const graph = resolveGraph(wayGraph(way.id, { ...given, channels }));
			const flow = channelFlow(graph);
			const picture = pictureAt(way.at, wall);
			for (let output = 0; output < channels; output++) {
				const seen = channelDependency(flow, graph.output, output);
				expect(countReached(picture, { output })).toBe(seen.length);
				for (const input of seen) expect(hasSeen(picture, input, output)).toBe(true);
			}
			const all = resolveGraph(wayGraph(way.id, { ...given, channels: counted, groups: way.groups }));
			const seen = channelDependency(channelFlow(all), all.output, 0).length;
			expect(picture.seen * counted).toBeCloseTo(seen, 4);
		}
	});
});

it('pictureAt goes through 5,000 steps without a jump; where threads are cut, and from the separable layer to two walls in groups, the work only falls; the shuffle costs nothing', () => {
	const wall = wallOf({});
	const { channels } = wall;
	const most = (a: Float32Array, b: Float32Array) => {
		let most = 0;
		for (let n = 0; n < a.length; n++) most = Math.max(most, Math.abs(a[n]! - b[n]!));
		return most;
	};
	/** How much of each thread of a stage is drawn: nothing where the stage has no width. */
	const shown = ({ stages, columns }: Picture, id: 'front' | 'window' | 'back') => {
		const { cut, grow } = stages[id];
		const column = { front: 0, window: 2, back: 3 }[id];
		const width = columns[column + 1]! - columns[column]!;
		return grow.map((grown, pair) => grown * (1 - cut[pair]!) * width);
	};
	let last = pictureAt(0, wall);
	const jumps: string[] = [];
	const check = (what: string, is: boolean) => {
		if (!is) jumps.push(what);
	};
	for (let step = 1; step <= 5000; step++) {
		const next = pictureAt(step / 1000, wall);
		const { t } = next;
		check(`work at ${t}`, Math.abs(next.share - last.share) < 0.008);
		check(`seen at ${t}`, Math.abs(next.seen - last.seen) < 0.02);
		check(`spread at ${t}`, Math.abs(next.spread - last.spread) < 0.06);
		check(
			`columns at ${t}`,
			next.columns.every((x, n) => Math.abs(x - last.columns[n]!) < 0.006)
		);
		check(`wires at ${t}`, most(next.row, last.row) < 0.004 * channels);
		check(`strips at ${t}`, most(next.reach[4]!, last.reach[4]!) < 0.1);
		for (const id of ['front', 'window', 'back'] as const) {
			check(`threads of ${id} at ${t}`, most(shown(next, id), shown(last, id)) < 0.015);
		}
		if (t <= 2 || (t > 3 && t <= 4)) check(`rise at ${t}`, next.macs <= last.macs * (1 + 1e-9));
		if (t > 4) check(`cost of the shuffle at ${t}`, Math.abs(next.macs - last.macs) < 1e-4);
		last = next;
	}
	expect(jumps).toEqual([]);
});

describe('verdicts', () => {
	const at = (t: number, options: WallOptions = {}) => pictureAt(t, wallOf(options));
	const factor = (t: number, options?: WallOptions) => (1 / at(t, options).share).toFixed(2);

	it('of the 32 channels that are drawn', () => {
		expect([at(0).macs, at(2).macs, at(3).macs, at(5).macs]).toEqual([1_806_336, 56_448, 257_152, 156_800]);
		expect([factor(3), factor(5)]).toEqual(['7.02', '11.52']);
		expect([at(2).seen * 32, at(3).seen, at(4).seen * 32, at(5).seen]).toEqual([1, 1, 8, 1]);
	});
	it('of 512 channels', () => {
		const given = { counted: 512 };
		expect([0, 2, 3, 5].map((t) => Math.round(at(t, given).macs))).toEqual([
			462_422_016, 903_168, 52_283_392, 26_593_280
		]);
		expect([factor(3, given), factor(5, given)]).toEqual(['8.84', '17.39']);
	});
});

describe('pathsOf', () => {
	const wall = wallOf();
	const channelsOf = (column: Float32Array) => [...column.keys()].filter((i) => column[i]! > 0.5);

	it('finds the one path of a depthwise convolution, and none to another channel', () => {
		const { forth, back } = pathsOf(pictureAt(2, wall), { input: 7, output: 7 });
		expect(forth.map(channelsOf)).toEqual([[7], [7], [7], [7], [7]]);
		expect(back.map(channelsOf)).toEqual([[7], [7], [7], [7], [7]]);
		expect(channelsOf(pathsOf(pictureAt(2, wall), { input: 7 }).forth[4]!)).toEqual([7]);
	});
	it('finds, through the shuffle, the one channel of each group that an output reads', () => {
		const { forth, back } = pathsOf(pictureAt(5, wall), { input: 18, output: 11 });
		const between = forth.map((column, c) => channelsOf(column.map((v, i) => Math.min(v, back[c]![i]!))));
		expect(between[0]).toEqual([18]);
		expect(between[4]).toEqual([11]);
		// Two of a group's eight channels go to each group behind the shuffle.
		expect(between.slice(1, 4).map(({ length }) => length)).toEqual([2, 2, 2]);
	});
});

describe('wallOf', () => {
	it('refuses channels that groups do not halve, and counts that they do not divide', () => {
		expect(() => wallOf({ channels: 24 })).toThrow('24');
		expect(() => wallOf({ channels: 8 })).toThrow('16');
		expect(() => wallOf({ counted: 100 })).toThrow('100');
	});
	it('has the groups in their order, each cutting half of what is left', () => {
		const { ways } = wallOf();
		expect(ways.map(({ id, groups }) => `${id} ${groups}`)).toEqual([
			...['standard 1', 'group 2', 'group 4', 'group 8', 'group 16', 'depthwise 32'],
			...['separable 1', 'walls 4', 'shuffle 4']
		]);
		expect(ways.slice(0, 6).map(({ stages }) => sum(stages.window!.pairs))).toEqual([
			1024, 512, 256, 128, 64, 32
		]);
	});
	it('puts long threads first where they are cut, by and large', () => {
		const { channels, legs } = planWall(wallOf());
		const { fate, order } = legs[0]!.stages.window;
		const cut = [...fate.keys()].filter((pair) => fate[pair] === 2);
		const far = (pair: number) => Math.abs(Math.floor(pair / channels) - (pair % channels));
		const mean = (pairs: number[]) => sum(pairs.map(far)) / pairs.length;
		expect(mean(cut.filter((pair) => order[pair]! < 0.5))).toBeGreaterThan(
			1.5 * mean(cut.filter((pair) => order[pair]! > 0.5))
		);
	});
});
