import { graphCost } from '$lib/nets';
import { mixing, channelFlow, type Mixing } from '$lib/nets';
import { resolveGraph, type ResolvedGraph } from '$lib/nets';
import { withoutShuffle, withPointwise } from '$lib/nets/transforms';
import type { Graph } from '$lib/nets';
import { planFlow, type FlowPlan } from '$lib/viz/channelFlow/layout/plan';
import { flowClasses, flowDependency } from '$lib/viz/channelFlow/layout/dependency';
import { traceFlow, type FlowChannel } from '$lib/viz/channelFlow/layout/trace';

/** How the graph mixes its channels: as written, with its shuffles idle, or by pointwise convolutions over all channels. */
export type FlowMode = 'shuffle' | 'noShuffle' | 'pointwise';

const graphOf: Readonly<Record<FlowMode, (graph: Graph) => Graph>> = {
	shuffle: (graph) => graph,
	noShuffle: withoutShuffle,
	pointwise: withPointwise
};

/** What one way of mixing comes to. */
export interface FlowOutcome {
	readonly mode: FlowMode;
	readonly net: ResolvedGraph;
	/** Where every channel has seen all for the first time; `null` where that never happens. */
	readonly mixing: Mixing | null;
	readonly macs: number;
}

/** The modes that make a difference to a graph. */
export function modesOf(graph: Graph): readonly FlowMode[] {
	const shuffles = graph.nodes.some((node) => node.op === 'channelShuffle' && node.options.groups > 1);
	if (shuffles) return ['shuffle', 'noShuffle', 'pointwise'];
	const pointwise = withPointwise(graph).nodes.some((node, i) => node !== graph.nodes[i]);
	return pointwise ? ['noShuffle', 'pointwise'] : ['shuffle'];
}

/** What the channel-flow figure shows of a graph: the way of mixing, how far the flow has come, and which channel is followed. */
export class ChannelFlowState {
	#graph: () => Graph;
	#mode: () => FlowMode;
	#step = $state(Infinity);
	#picked = $state<FlowChannel | null>(null);
	#pointed = $state<FlowChannel | null>(null);

	/** Graph and mode are the owner's: the mode stands in an address, and one mode may serve several figures. */
	constructor(graph: () => Graph, mode: () => FlowMode) {
		this.#graph = graph;
		this.#mode = mode;
	}

	readonly modes = $derived.by(() => modesOf(this.#graph()));
	readonly outcomes = $derived.by(() => this.modes.map((mode) => outcomeOf(mode, this.#graph())));
	readonly outcome = $derived.by(
		() => this.outcomes.find(({ mode }) => mode === this.#mode()) ?? this.outcomes[0]!
	);
	/** Colours follow the graph as it is written, so that they do not change with the mode. */
	readonly classes = $derived.by(() => flowClasses(this.outcomes[0]!.net));
	readonly plan: FlowPlan = $derived.by(() => planFlow(this.outcome.net));
	readonly dependency = $derived.by(() => flowDependency(this.outcome.net, this.plan, this.classes));
	readonly lastStep = $derived.by(() => this.plan.levels.length - 1);

	get mode(): FlowMode {
		return this.outcome.mode;
	}

	/** The last level that the flow has reached. */
	get step(): number {
		return Math.min(this.#step, this.lastStep);
	}
	set step(step: number) {
		this.#step = step >= this.lastStep ? Infinity : Math.max(0, step);
	}

	/** The channel that is followed: the one under the pointer, or else the one picked. */
	readonly focus = $derived.by(() => this.#inPlan(this.#pointed) ?? this.#inPlan(this.#picked));
	/** Its ancestry and its reach. */
	readonly mask = $derived.by(() => (this.focus ? traceFlow(this.plan, this.focus) : null));

	get picked(): FlowChannel | null {
		return this.#inPlan(this.#picked);
	}
	point(channel: FlowChannel | null): void {
		this.#pointed = channel;
	}
	/** Follows a channel; the same once more lets it go. */
	pick(channel: FlowChannel | null): void {
		const { picked } = this;
		const isSame = picked?.segment === channel?.segment && picked?.channel === channel?.channel;
		this.#picked = isSame ? null : channel;
		this.#pointed = null;
	}
	follow(channel: FlowChannel): void {
		this.#picked = channel;
	}

	/** A graph of other size may lack the channel. */
	#inPlan(at: FlowChannel | null): FlowChannel | null {
		const segment = at && this.plan.segments[at.segment];
		return at && segment && at.channel < segment.channels ? at : null;
	}
}

function outcomeOf(mode: FlowMode, graph: Graph): FlowOutcome {
	const net = resolveGraph(graphOf[mode](graph));
	return { mode, net, mixing: mixing(net, channelFlow(net)), macs: graphCost(net).total.macs };
}
