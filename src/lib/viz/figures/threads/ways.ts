import { channelFlow, dependencyCount } from '$lib/nets/analyses/channelFlow';
import { graphCost } from '$lib/nets/analyses/cost';
import { GraphBuilder } from '$lib/nets/builder';
import { resolveGraph, type ResolvedNode } from '$lib/nets/resolve';
import type { Graph } from '$lib/nets/types';
import { nextFrame } from '../../ui/nextTask';
import { planWall, type Stage, type StageId, type Wall, type Way, type WayId } from './layout/wall';

export interface WallOptions {
	/** Channels that are drawn: a power of two, of at least 16, since four groups of a shuffle want four channels each. */
	readonly channels?: number;
	/** Channels that are counted: a multiple of those drawn, which then stand for several each. */
	readonly counted?: number;
	/** Height and width of the maps. */
	readonly size?: number;
	readonly kernelSize?: number;
	/** Groups of the two walls around a shuffle. */
	readonly groups?: number;
}

/** A way to convolve as a graph; its nodes are named after the stages that they are. Without biases: they are no multiply-adds. */
export function wayGraph(
	id: WayId,
	{ channels, size, kernelSize, groups }: Required<Omit<WallOptions, 'counted'>>
): Graph {
	const net = new GraphBuilder(id, [size, size, channels]);
	const window = { kernelSize, padding: 'same', bias: false } as const;
	const pointwise = { outChannels: channels, kernelSize: 1, bias: false } as const;
	switch (id) {
		case 'standard':
		case 'group':
			return net.build(net.conv2d('window', net.input, { ...window, outChannels: channels, groups }));
		case 'depthwise':
			return net.build(net.depthwiseConv2d('window', net.input, window));
		case 'separable':
			return net.build(net.conv2d('back', net.depthwiseConv2d('window', net.input, window), pointwise));
		case 'walls':
		case 'shuffle': {
			const front = net.conv2d('front', net.input, { ...pointwise, groups });
			// Shuffled in one group, they stay as they are.
			const shuffle = net.op('channelShuffle', 'shuffle', front, { groups: id === 'shuffle' ? groups : 1 });
			return net.build(
				net.conv2d('back', net.depthwiseConv2d('window', shuffle, window), { ...pointwise, groups })
			);
		}
	}
}

type Given = Required<WallOptions>;
type Plan = Pick<Way, 'id' | 'groups' | 'at'>;

/** All that the figure shows, computed from the graphs of its ways; what was computed once is kept. */
export function wallOf(options: WallOptions = {}): Wall {
	const given = withDefaults(options);
	const { channels, counted, size } = given;
	return kept(`wall ${keyOf(given)}`, () => {
		const ways = plansOf(given).map((plan) => wayOf(plan, given));
		const all = { channels, counted, size, ways };
		// What is drawn is the same, however many channels each stands for.
		return counted === channels
			? planWall(all)
			: { ...all, legs: wallOf({ ...given, counted: channels }).legs };
	});
}

/** Computes a wall that will be wanted, in tasks of its own: at once it takes as long as several frames. */
export async function prepareWall(options: WallOptions): Promise<void> {
	const given = withDefaults(options);
	for (const plan of plansOf(given)) {
		await nextFrame();
		wayOf(plan, given);
	}
	wallOf(given);
}

const known = new Map<string, unknown>();
function kept<Made>(key: string, make: () => Made): Made {
	if (!known.has(key)) known.set(key, make());
	return known.get(key) as Made;
}

const keyOf = ({ channels, counted, size, kernelSize, groups }: Given) =>
	[channels, counted, size, kernelSize, groups].join(' ');

function withDefaults({
	channels = 32,
	counted = channels,
	size = 14,
	kernelSize = 3,
	groups = 4
}: WallOptions): Given {
	return { channels, counted, size, kernelSize, groups };
}

function plansOf({ channels, counted, groups }: Given): readonly Plan[] {
	const halvings = Math.log2(channels);
	if (!Number.isInteger(halvings) || channels < groups ** 2)
		throw new Error(
			`invalid channels: ${channels}, which has to be a power of two and at least ${groups ** 2}`
		);
	if (counted % channels !== 0)
		throw new Error(`invalid counted: ${counted}, which has to be a multiple of ${channels} channels`);
	return [
		{ id: 'standard', groups: 1, at: 0 },
		...Array.from({ length: halvings - 1 }, (_, m) => ({
			...{ id: 'group' as const, groups: 2 ** (m + 1) },
			at: (2 * (m + 1)) / halvings
		})),
		{ id: 'depthwise', groups: counted, at: 2 },
		{ id: 'separable', groups: 1, at: 3 },
		{ id: 'walls', groups, at: 4 },
		{ id: 'shuffle', groups, at: 5 }
	];
}

function wayOf({ id, groups, at }: Plan, given: Given): Way {
	return kept(`${id} ${groups} ${keyOf(given)}`, () => {
		const { channels, counted, size, kernelSize } = given;
		const of = (channels: number) => resolveGraph(wayGraph(id, { channels, size, kernelSize, groups }));
		const drawn = of(channels);
		const all = counted === channels ? drawn : of(counted);
		const { total, nodes } = graphCost(all);
		const stages = Object.fromEntries(
			all.nodes.map((node, n): [string, Stage] => {
				const threads = threadsOf(node);
				const { macs, params } = nodes[n]!;
				const pairs = pairsOf(drawn.nodes[n]!);
				return [node.id, { pairs, threads, weights: params.weights / threads, macs }];
			})
		) as Partial<Record<StageId, Stage>>;
		return {
			...{ id, groups, at, stages, macs: total.macs },
			seen: meanSeen(all),
			seenDrawn: all === drawn ? meanSeen(all) : meanSeen(drawn)
		};
	});
}

/** What an output channel of a node reads, as ranges of input channels. */
const readsOf = ({ operator, geometry }: ResolvedNode, channel: number) =>
	operator.channelsRead(geometry, { tensor: 0, channel });

/** Connected pairs of input and output channels. */
function threadsOf(node: ResolvedNode): number {
	let threads = 0;
	for (let channel = 0; channel < node.outputs[0]!.shape[2]; channel++)
		for (const { count } of readsOf(node, channel)) threads += count;
	return threads;
}

function pairsOf(node: ResolvedNode): Uint8Array {
	const channels = node.outputs[0]!.shape[2];
	const pairs = new Uint8Array(channels ** 2);
	for (let output = 0; output < channels; output++)
		for (const { start, count } of readsOf(node, output))
			for (let input = start; input < start + count; input++) pairs[input * channels + output] = 1;
	return pairs;
}

function meanSeen(net: ReturnType<typeof resolveGraph>): number {
	const flow = channelFlow(net);
	const channels = net.output.shape[2];
	let sum = 0;
	for (let channel = 0; channel < channels; channel++) sum += dependencyCount(flow, net.output, channel);
	return sum / channels;
}
