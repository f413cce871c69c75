import { m, type Locale } from '$lib/i18n';
import { channelFlow, mixing, dependencyCount } from '$lib/nets/analyses/channelFlow';
import { graphCost } from '$lib/nets/analyses/cost';
import { GraphBuilder } from '$lib/nets/builder';
import { fireModule } from '$lib/nets/networks/squeezenet';
import { shuffleUnitModule } from '$lib/nets/networks/shufflenet';
import { networks } from '$lib/nets/networks';
import type { Paper } from '$lib/nets/networks/network';
import { resolveGraph } from '$lib/nets/resolve';
import type { Graph } from '$lib/nets/types';
import { formatCount, formatFactor } from '../../words/format';
import type { Group } from './model';

/** A row of the table of techniques, in the language of the page. */
export interface Technique {
	readonly group: Group;
	readonly name: string;
	readonly what: string;
	/** MACs for one position of the output. */
	readonly formula: string;
	/** What the letters are. */
	readonly letters: string;
	/** What it is next to a standard convolution, in numbers. */
	readonly example: string;
	/** Which channels see which. */
	readonly flow: string;
	readonly paper: Paper;
}

/** The four techniques; their numbers are counted on the graphs of the modules. */
export function techniques(locale: Locale): readonly Technique[] {
	const options = { locale };
	return [
		{
			group: 'squeezenet',
			name: m.compare_tech_fire({}, options),
			what: m.compare_tech_fire_what({}, options),
			formula: 'M·s₁ + s₁·e₁ + 9·s₁·e₃',
			letters: m.compare_tech_fire_letters({}, options),
			example: m.compare_tech_fire_example(against(fireModule.build(), convolution(96, 128, 55)), options),
			flow: m.compare_tech_fire_flow({}, options),
			paper: networks.squeezenet.paper
		},
		{
			group: 'mobilenet',
			name: m.compare_tech_separable({}, options),
			what: m.compare_tech_separable_what({}, options),
			formula: 'k²·M + M·N',
			letters: m.compare_tech_separable_letters({}, options),
			example: m.compare_tech_separable_example(
				against(separable(512, 14), convolution(512, 512, 14)),
				options
			),
			flow: m.compare_tech_separable_flow({}, options),
			paper: networks.mobilenet.paper
		},
		{
			group: 'shufflenet',
			name: m.compare_tech_shuffle({}, options),
			what: m.compare_tech_shuffle_what({}, options),
			formula: '2·c·m / g + 9·m',
			letters: m.compare_tech_shuffle_letters({}, options),
			example: m.compare_tech_shuffle_example(against(unit({}), unit({ densePointwise: true })), options),
			flow: m.compare_tech_shuffle_flow(shuffleFlow(), options),
			paper: networks.shufflenet.paper
		},
		{
			group: 'xception',
			name: m.compare_tech_extreme({}, options),
			what: m.compare_tech_extreme_what({}, options),
			formula: 'k²·M + M·N',
			letters: m.compare_tech_separable_letters({}, options),
			example: m.compare_tech_extreme_example(
				against(separable(728, 19), convolution(728, 728, 19)),
				options
			),
			flow: m.compare_tech_extreme_flow({}, options),
			paper: networks.xception.paper
		}
	];
}

/** A standard 3×3 convolution that keeps the size, without bias. */
function convolution(inChannels: number, outChannels: number, side: number): Graph {
	const net = new GraphBuilder('convolution', [side, side, inChannels]);
	return net.build(net.conv2d('conv', net.input, { outChannels, kernelSize: 3, padding: 1, bias: false }));
}

/** A depthwise 3×3 and a pointwise convolution that keep size and channels, without biases. */
function separable(channels: number, side: number): Graph {
	const net = new GraphBuilder('separable', [side, side, channels]);
	const depthwise = net.depthwiseConv2d('depthwise', net.input, { kernelSize: 3, padding: 1, bias: false });
	return net.build(net.conv2d('pointwise', depthwise, { outChannels: channels, kernelSize: 1, bias: false }));
}

/** A unit of ShuffleNet's stage 2 at 1×, g = 3. */
function unit(knobs: { densePointwise?: boolean }): Graph {
	return shuffleUnitModule.build({ groups: 3, channels: 240, units: 1, resolution: 28, ...knobs });
}

/** Weights and MACs of a module and of what it stands in for. */
function against(module: Graph, standard: Graph) {
	const [own, plain] = [module, standard].map((graph) => graphCost(resolveGraph(graph)).total);
	if (!own || !plain) throw new RangeError('there are two graphs to compare');
	return {
		weights: formatCount(own.params.weights),
		macs: formatCount(own.macs),
		plainWeights: formatCount(plain.params.weights),
		plainMacs: formatCount(plain.macs),
		factor: formatFactor(plain.macs / own.macs)
	};
}

/** How far channels mix in two shuffle units of 24 channels in 3 groups, with the shuffle and without. */
function shuffleFlow() {
	const knobs = { groups: 3, channels: 24, units: 2, resolution: 7 };
	const shuffled = resolveGraph(shuffleUnitModule.build(knobs));
	const apart = resolveGraph(shuffleUnitModule.build({ ...knobs, shuffle: false }));
	return {
		channels: knobs.channels,
		groups: knobs.groups,
		layers: mixing(shuffled, channelFlow(shuffled))?.layers ?? 0,
		seen: dependencyCount(channelFlow(apart), apart.output, 0)
	};
}
