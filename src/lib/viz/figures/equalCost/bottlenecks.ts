import { graphCost } from '$lib/nets/analyses/cost';
import { GraphBuilder } from '$lib/nets/builder';
import { resolveGraph } from '$lib/nets/resolve';

/** Bottleneck units of three networks: 1×1, 3×3, 1×1, which differ in what is grouped (ShuffleNet paper, section 3.2). */
export const bottlenecks = ['resnet', 'resnext', 'shufflenet'] as const;
export type Bottleneck = (typeof bottlenecks)[number];

/** Height and width of the maps: those of the third stage, where the paper's networks have most of their units. */
export const side = 14;

/** The bottleneck is a quarter of the unit's width, as in all three papers' units. */
export const middleOf = (channels: number) => channels / 4;

/** MACs of a unit of `channels` in `groups`, of the pointwise convolutions and of the 3×3 one. */
export interface UnitMacs {
	readonly pointwise: number;
	readonly window: number;
	readonly total: number;
}

/** By the paper's formulas: hw(2cm + 9m²), hw(2cm + 9m²/g), hw(2cm/g + 9m). */
export function formulaMacs(unit: Bottleneck, channels: number, groups: number): UnitMacs {
	const middle = middleOf(channels);
	const pointwise = (side ** 2 * 2 * channels * middle) / (unit === 'shufflenet' ? groups : 1);
	const window =
		side ** 2 * 9 * { resnet: middle ** 2, resnext: middle ** 2 / groups, shufflenet: middle }[unit];
	return { pointwise, window, total: pointwise + window };
}

/** By counting, on the unit as a graph. */
export function countedMacs(unit: Bottleneck, channels: number, groups: number): UnitMacs {
	const middle = middleOf(channels);
	const net = new GraphBuilder(unit, [side, side, channels]);
	const outer = unit === 'shufflenet' ? groups : 1;
	const inner = { resnet: 1, resnext: groups, shufflenet: middle }[unit];
	const conv = { kernelSize: 1, groups: outer, bias: false };
	const first = net.conv2d('first', net.input, { ...conv, outChannels: middle });
	const window = net.conv2d('window', first, {
		outChannels: middle,
		kernelSize: 3,
		padding: 1,
		groups: inner,
		bias: false
	});
	const resolved = resolveGraph(net.build(net.conv2d('second', window, { ...conv, outChannels: channels })));
	const { nodes, total } = graphCost(resolved);
	const own = nodes[resolved.byId.get('window')!.index]!.macs;
	return { pointwise: total.macs - own, window: own, total: total.macs };
}

/** The widest unit that costs no more than `budget` MACs; widths whose quarter divides into the groups. */
export function widestWithin(unit: Bottleneck, groups: number, budget: number): number {
	const step = 4 * groups;
	let channels = step;
	while (formulaMacs(unit, channels + step, groups).total <= budget) channels += step;
	return channels;
}
