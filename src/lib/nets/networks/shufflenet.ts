import { nearestMultiples } from '../../ops';
import { GraphBuilder, type Ref } from '../builder';
import { KnobError } from '../errors';
import { defineNetwork } from './network';
import { classesKnob, convBnRelu, firstPoolKnob, resolutionKnob, stemStrideKnob } from './parts';

const GROUPS = [1, 2, 3, 4, 8] as const;
type Groups = (typeof GROUPS)[number];

/** Output channels of stage 2 at 1×, doubled in each stage after it (paper, table 1). */
const STAGE2_CHANNELS: Record<Groups, number> = { 1: 144, 2: 200, 3: 240, 4: 272, 8: 384 };

/**
 * ShuffleNet v1. Bottleneck of a quarter of the stage's width; shuffle after the first pointwise group convolution; no ReLU
 * after the depthwise one; the first unit of a stage halves the size and concatenates its input, average-pooled, to a branch
 * of the channels that are missing. The first pointwise convolution of stage 2 is not grouped. Source: paper, table 1 and
 * figure 2; padding of 1 as in the authors' code; order of the concat (branch, then pooled input) as in the published
 * weights of imgclsmob.
 */
export const shufflenet = /* @__PURE__ */ defineNetwork({
	id: 'shufflenet',
	title: 'ShuffleNet v1',
	year: 2017,
	paper: {
		title: 'ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile Devices',
		arxiv: '1707.01083v2'
	},
	family: 'shufflenet',
	scope: 'network',
	knobs: {
		groups: { kind: 'choice', choices: GROUPS, default: 3, symbol: 'g' },
		scale: { kind: 'number', min: 0.25, max: 2, step: 0.25, default: 1, symbol: 's', unit: '×' },
		shuffle: { kind: 'flag', default: true },
		/** Pointwise convolutions over all channels in place of the grouped ones. */
		densePointwise: { kind: 'flag', default: false },
		resolution: { ...resolutionKnob(224), step: 32 },
		classes: classesKnob,
		/** What becomes of widths that the groups do not divide: refused, or rounded up to the next that they do. */
		rounding: { kind: 'choice', choices: ['exact', 'up'], default: 'exact', secondary: true },
		/** Units of stages 2 and 4; stage 3 has twice as many. */
		repeats: { kind: 'number', min: 1, max: 8, step: 1, default: 4, whole: true, secondary: true },
		stemStride: stemStrideKnob,
		firstPool: firstPoolKnob
	},
	graph(name, { groups, scale, resolution, repeats, ...knobs }) {
		const stageChannels = knobs.rounding === 'up' ? roundedUp(groups, scale) : exact(groups, scale);
		const net = new GraphBuilder(name, [resolution, resolution, 3]);

		let x: Ref = net.block('stem', 'stem', () => {
			const conv1 = convBnRelu(net, 'conv1', net.input, {
				outChannels: stemChannels(groups, scale),
				kernelSize: 3,
				stride: knobs.stemStride,
				padding: 1
			});
			return knobs.firstPool ? net.maxPool('pool1', conv1, { kernelSize: 3, stride: 2, padding: 1 }) : conv1;
		});
		[repeats, 2 * repeats, repeats].forEach((units, i) => {
			net.block(`stage${i + 2}`, 'stage', () => {
				for (let unit = 1; unit <= units; unit++) {
					x = shuffleUnit(net, `unit${unit}`, x, {
						outChannels: stageChannels(i),
						groups: knobs.densePointwise ? 1 : groups,
						firstGroups: knobs.densePointwise || (i === 0 && unit === 1) ? 1 : groups,
						shuffleGroups: knobs.shuffle ? groups : 1,
						stride: unit === 1 ? 2 : 1
					});
				}
			});
		});
		return net.build(
			net.block('classifier', 'classifier', () => {
				const pooled = net.globalAvgPool('global_pool', x);
				return net.softmax('softmax', net.dense('fc', pooled, { outChannels: knobs.classes }));
			})
		);
	}
});

/** A single ShuffleNet unit over an input of its own (paper, figure 2). */
export const shuffleUnitModule = /* @__PURE__ */ defineNetwork({
	id: 'shuffle-unit',
	title: 'ShuffleNet unit',
	year: shufflenet.year,
	paper: shufflenet.paper,
	family: 'shufflenet',
	scope: 'module',
	knobs: {
		groups: { kind: 'number', min: 1, max: 8, step: 1, default: 3, whole: true, symbol: 'g' },
		channels: { kind: 'number', min: 4, max: 960, step: 4, default: 24, whole: true },
		units: { kind: 'number', min: 1, max: 6, step: 1, default: 2, whole: true },
		shuffle: { kind: 'flag', default: true },
		densePointwise: { kind: 'flag', default: false },
		resolution: { kind: 'number', min: 1, max: 256, step: 1, default: 28, whole: true, unit: 'px' }
	},
	graph(name, { groups, channels, resolution, units, ...knobs }) {
		if (channels % (4 * groups) !== 0) {
			throw notDivisible('channels', channels, { channels, groups }, nearestMultiples(4 * groups, channels));
		}
		const net = new GraphBuilder(name, [resolution, resolution, channels]);
		const grouped = knobs.densePointwise ? 1 : groups;
		let x: Ref = net.input;
		for (let unit = 1; unit <= units; unit++) {
			x = shuffleUnit(net, `unit${unit}`, x, {
				outChannels: channels,
				groups: grouped,
				firstGroups: grouped,
				shuffleGroups: knobs.shuffle ? groups : 1,
				stride: 1
			});
		}
		return net.build(x);
	}
});

/** What a unit can be; every unit of the network, and of figures about it, is written down by {@link shuffleUnit}. */
export interface UnitOptions {
	readonly outChannels: number;
	/** Groups of the second pointwise convolution, and of the first. */
	readonly groups: number;
	readonly firstGroups: number;
	/** Groups that are shuffled; 1 for no shuffle. */
	readonly shuffleGroups: number;
	readonly stride: 1 | 2;
}

/** A ShuffleNet unit as a block `name` on `x` (paper, figure 2); its reference. */
export function shuffleUnit(net: GraphBuilder, name: string, x: Ref, unit: UnitOptions): Ref {
	return net.block(name, 'shuffleUnit', (path) => {
		const bottleneck = unit.outChannels / 4;
		const branchChannels = unit.stride === 2 ? unit.outChannels - net.channels(x) : unit.outChannels;
		const id = (part: string) => `${path}/${part}`;
		const squeezed = convBnRelu(net, id('gconv1'), x, {
			outChannels: bottleneck,
			kernelSize: 1,
			groups: unit.firstGroups
		});
		const shuffled =
			unit.shuffleGroups === 1
				? squeezed
				: net.op('channelShuffle', id('shuffle'), squeezed, { groups: unit.shuffleGroups });
		const depthwise = convBnRelu(net, id('dwconv'), shuffled, {
			outChannels: bottleneck,
			groups: bottleneck,
			kernelSize: 3,
			stride: unit.stride,
			padding: 1,
			activation: null
		});
		const branch = convBnRelu(net, id('gconv2'), depthwise, {
			outChannels: branchChannels,
			kernelSize: 1,
			groups: unit.groups,
			activation: null
		});
		const joined =
			unit.stride === 1
				? net.add(id('add'), [branch, x])
				: net.concat(id('concat'), [
						branch,
						net.avgPool(id('avgpool'), x, { kernelSize: 3, stride: 2, padding: 1, countPadding: true })
					]);
		return net.relu(id('relu'), joined);
	});
}

/**
 * Width of conv1: 24 at 1×, scaled below, 24 up to 2× and 48 there (the authors' code), rounded up to a multiple of g, since
 * the first unit's branch has the stage's channels less these.
 */
function stemChannels(groups: Groups, scale: number): number {
	const channels = scale <= 1 ? Math.round(24 * scale) : scale < 2 ? 24 : 48;
	return Math.ceil(channels / groups) * groups;
}

/** Channels of stage 2 + i, where those of stage 2 are whole and a quarter of them divides into the groups. */
function exact(groups: Groups, scale: number): (i: number) => number {
	const base = STAGE2_CHANNELS[groups];
	const channels = wholeChannels(base * scale);
	const multiple = 4 * groups;
	if (channels % multiple === 0) return (i) => channels * 2 ** i;
	const nearest = nearestMultiples(multiple, base * scale)
		.map((fitting) => Number((fitting / base).toFixed(4)))
		.filter((fitting) => fitting >= 0.25 && fitting <= 2);
	const otherGroups = GROUPS.filter((g) => wholeChannels(STAGE2_CHANNELS[g] * scale) % (4 * g) === 0);
	throw notDivisible('scale', scale, { channels: base * scale, groups }, nearest, otherGroups);
}

/** Channels that are whole to the fourth digit of the scale that they were multiplied by. */
function wholeChannels(channels: number): number {
	return Math.abs(channels - Math.round(channels)) < 0.02 ? Math.round(channels) : channels;
}

/** Channels of stage 2 + i, each stage rounded up to a multiple of four times the groups. */
function roundedUp(groups: Groups, scale: number): (i: number) => number {
	const multiple = 4 * groups;
	return (i) => Math.ceil(wholeChannels(STAGE2_CHANNELS[groups] * 2 ** i * scale) / multiple) * multiple;
}

function notDivisible(
	knob: string,
	value: number,
	{ channels, groups }: { channels: number; groups: number },
	nearest: readonly number[],
	otherGroups: readonly number[] = []
): KnobError {
	const others = otherGroups.length > 0 ? `, or groups ${otherGroups.join(', ')} at this scale` : '';
	const message = `${value} gives ${Number(channels.toFixed(2))} channels, whose quarter does not divide into ${groups} group${groups === 1 ? '' : 's'}; the nearest that ${nearest.length === 1 ? 'fits is' : 'fit are'} ${nearest.join(' and ')}${others}`;
	const params = {
		knob,
		value,
		channels,
		groups,
		nearest: nearest.join(', '),
		otherGroups: otherGroups.join(', ')
	};
	return new KnobError('notDivisible', knob, message, params);
}
