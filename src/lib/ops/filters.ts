import { checkFlag, checkWhole, divisors, nearestMultiples, validGroups } from './check';
import { formatChoice, OpError } from './errors';
import { weightData } from './tensor';
import type { Cell, ChannelRange, Fields, Weights, WeightSpec } from './types';
import type { Placement } from './window';

/** How the channels of a convolution are grouped: what makes it standard, grouped or depthwise. */
export interface Filters {
	readonly inChannels: number;
	readonly outChannels: number;
	/** 1: standard; `inChannels`: depthwise; between: grouped. */
	readonly groups: number;
	readonly inChannelsPerGroup: number;
	readonly outChannelsPerGroup: number;
	readonly bias: boolean;
}

/** The options that {@link resolveFilters} reads. */
export interface FilterOptions {
	readonly outChannels: number;
	readonly groups?: number;
	readonly bias?: boolean;
}

export const filterFields: Fields<FilterOptions> = {
	outChannels: 'number',
	groups: 'number?',
	bias: 'flag?'
};

/** Resolves the filters over an input of so many channels. Throws an `OpError` where the groups do not divide. */
export function resolveFilters(inChannels: number, options: FilterOptions): Filters {
	const outChannels = checkWhole('outChannels', options.outChannels, 1);
	const groups = checkWhole('groups', options.groups ?? 1, 1);
	if (inChannels % groups !== 0) throw groupsDoNotDivide(groups, 'inChannels', inChannels, outChannels);
	if (outChannels % groups !== 0) throw groupsDoNotDivide(groups, 'outChannels', outChannels, inChannels);
	return {
		inChannels,
		outChannels,
		groups,
		inChannelsPerGroup: inChannels / groups,
		outChannelsPerGroup: outChannels / groups,
		bias: checkFlag('bias', options.bias ?? true)
	};
}

/** Error for groups that do not divide `total` channels; `other` are the channels that they must divide as well, if any. */
export function groupsDoNotDivide(
	groups: number,
	of: 'inChannels' | 'outChannels',
	total: number,
	other = total
): OpError {
	const dividing = divisors(total);
	const valid = validGroups(total, other);
	const otherName = of === 'inChannels' ? 'outChannels' : 'inChannels';
	const both =
		valid.length === dividing.length
			? ''
			: `, of which ${formatChoice(valid)} also divide${valid.length === 1 ? 's' : ''} ${otherName} = ${other}`;
	return new OpError({
		code: 'groups',
		argument: 'groups',
		value: groups,
		valid,
		params: {
			of,
			total,
			other,
			divisors: dividing.join(', '),
			valid: valid.join(', '),
			nearestTotals: nearestMultiples(groups, total).join(', ')
		},
		message: `groups = ${groups} does not divide ${of} = ${total}; ${formatChoice(dividing)} would${both}`
	});
}

/** The kernel `[kh, kw, inChannels / groups, outChannels]` and the bias. */
export function filterWeights(g: Filters & Pick<Placement, 'kernelSize'>): WeightSpec[] {
	const kernel: WeightSpec = {
		name: 'kernel',
		shape: [...g.kernelSize, g.inChannelsPerGroup, g.outChannels],
		role: 'weight'
	};
	return g.bias ? [kernel, { name: 'bias', shape: [g.outChannels], role: 'bias' }] : [kernel];
}

/** Index in the kernel's data; `i` counts the input channels of the group. */
export function kernelIndex(
	g: Filters & Pick<Placement, 'kernelSize'>,
	ky: number,
	kx: number,
	i: number,
	outChannel: number
): number {
	return ((ky * g.kernelSize[1] + kx) * g.inChannelsPerGroup + i) * g.outChannels + outChannel;
}

/** The position in the kernel that {@link kernelIndex} gives this index. */
export function kernelPosition(
	g: Filters & Pick<Placement, 'kernelSize'>,
	index: number
): { ky: number; kx: number; i: number; outChannel: number } {
	const row = Math.floor(index / g.outChannels);
	const spatial = Math.floor(row / g.inChannelsPerGroup);
	return {
		ky: Math.floor(spatial / g.kernelSize[1]),
		kx: spatial % g.kernelSize[1],
		i: row % g.inChannelsPerGroup,
		outChannel: index % g.outChannels
	};
}

/** The input channels that an output channel's filter reads: those of its group. */
export function channelsOfFilter(g: Filters, outChannel: number): ChannelRange {
	const group = Math.floor(outChannel / g.outChannelsPerGroup);
	return { tensor: 0, start: group * g.inChannelsPerGroup, count: g.inChannelsPerGroup };
}

/** The output channels whose filters read an input channel: those of its group. */
export function filtersOfChannel(g: Filters, inChannel: number): ChannelRange {
	const group = Math.floor(inChannel / g.inChannelsPerGroup);
	return { tensor: 0, start: group * g.outChannelsPerGroup, count: g.outChannelsPerGroup };
}

/** The bias of an output value; 0 without one. */
export function biasOf(weights: Weights, output: Cell, g: Pick<Filters, 'bias'>): number {
	return g.bias ? weightData(weights, 'bias')[output.channel]! : 0;
}

/** Adds the bias, where there is one, to all values of an output. */
export function addBias(
	output: Float64Array,
	weights: Weights,
	g: Pick<Filters, 'bias' | 'outChannels'>
): void {
	if (!g.bias) return;
	const bias = weightData(weights, 'bias');
	for (let o = 0; o < output.length; o++) output[o]! += bias[o % g.outChannels]!;
}
