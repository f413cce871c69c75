import {
	graphCost,
	layerKind,
	type GraphTensor,
	type LayerKind,
	type ResolvedGraph,
	type ResolvedNode
} from '$lib/nets';
import { spreadOf, type Spread } from './spread';

/** What a network was timed on. */
export interface TimedOn {
	/** One of the engine's; its words are in the messages of `backends`. */
	readonly backend: string;
	readonly threads: number;
}

/** Times of a network: whole runs, and the layers by themselves, in milliseconds. */
export interface Timing {
	readonly on: TimedOn;
	readonly runs: readonly number[];
	/** In the order in which they run; nodes that are computed together stand together. Without nodes, only channels were put in order. */
	readonly units: readonly { readonly nodes: readonly string[]; readonly milliseconds: readonly number[] }[];
}

/** What is computed in one go, and what it costs. */
export interface LatencyLayer {
	/** Its node with most MACs; `''` where channels were only put in order. */
	readonly id: string;
	readonly kind: LayerKind;
	readonly block: string | null;
	readonly nodes: readonly string[];
	readonly time: Spread;
	readonly macs: number;
	/** Trainable parameters. */
	readonly params: number;
	/** Bytes that go in and out in float32: what stays between the nodes is not among them. */
	readonly bytes: number;
	/** Milliseconds that it would take if every MAC of the network took the same time. */
	readonly predicted: number;
}

/** Layers of a kind together. `rest`: all kinds that have no MACs. */
export interface KindLatency {
	readonly kind: LayerKind | 'rest';
	readonly macs: number;
	readonly milliseconds: number;
	/** Shares of the network's. */
	readonly macsShare: number;
	readonly timeShare: number;
	/** MACs a nanosecond; 0 for `rest`. */
	readonly speed: number;
}

/** Puts what was measured beside what the graph says of it. */
export function latencyLayers(net: ResolvedGraph, { units }: Pick<Timing, 'units'>): readonly LatencyLayer[] {
	const costs = graphCost(net).nodes;
	const measured = units.map(({ nodes, milliseconds }) => {
		const members = nodes.flatMap((id) => net.byId.get(id) ?? []);
		const macsOf = ({ index }: ResolvedNode) => costs[index]!.macs;
		const main = members.toSorted((a, b) => macsOf(b) - macsOf(a))[0];
		const params = members.reduce((sum, { index }) => sum + costs[index]!.params.trainable, 0);
		return {
			id: main?.id ?? '',
			kind: main ? layerKind(main) : ('rearrange' as const),
			block: main?.node.block?.split('/')[0] ?? null,
			nodes,
			time: spreadOf(milliseconds),
			macs: members.reduce((sum, node) => sum + macsOf(node), 0),
			params,
			bytes: bytesThrough(net, members, params)
		};
	});
	const macs = measured.reduce((sum, layer) => sum + layer.macs, 0);
	const time = totalTime(measured);
	return measured.map((layer) => ({ ...layer, predicted: macs === 0 ? 0 : (time * layer.macs) / macs }));
}

/** Medians of all layers together. */
export function totalTime(layers: readonly Pick<LatencyLayer, 'time'>[]): number {
	return layers.reduce((sum, { time }) => sum + time.median, 0);
}

/** The kinds by the time that they take, the longest first, those without MACs last. */
export function latencyByKind(layers: readonly LatencyLayer[]): readonly KindLatency[] {
	const sums = new Map<KindLatency['kind'], { macs: number; milliseconds: number }>();
	for (const { kind, macs, time } of layers) {
		const of = macs > 0 ? kind : 'rest';
		const sum = sums.get(of) ?? { macs: 0, milliseconds: 0 };
		sums.set(of, { macs: sum.macs + macs, milliseconds: sum.milliseconds + time.median });
	}
	const macs = layers.reduce((sum, layer) => sum + layer.macs, 0);
	const time = totalTime(layers);
	return [...sums]
		.map(([kind, sum]) => ({
			...{ kind, ...sum },
			macsShare: macs === 0 ? 0 : sum.macs / macs,
			timeShare: time === 0 ? 0 : sum.milliseconds / time,
			speed: sum.milliseconds === 0 ? 0 : sum.macs / (sum.milliseconds * 1e6)
		}))
		.sort((a, b) => Number(a.kind === 'rest') - Number(b.kind === 'rest') || b.milliseconds - a.milliseconds);
}

/** Kinds with less of the time than this are not compared, and whoever compares says so: a clock hardly measures them. */
export const leastShare = 0.02;

/** Of the kinds that take {@link leastShare} of the time, those in which a MAC takes longest and shortest; `null` where there are no two. */
export function dearestAndCheapest(kinds: readonly KindLatency[]) {
	const known = kinds
		.filter(({ kind, timeShare, speed }) => kind !== 'rest' && timeShare >= leastShare && speed > 0)
		.toSorted((a, b) => a.speed - b.speed);
	const [dear, cheap] = [known[0], known.at(-1)];
	return dear && cheap && dear !== cheap ? { dear, cheap, times: cheap.speed / dear.speed } : null;
}

function bytesThrough(net: ResolvedGraph, members: readonly ResolvedNode[], params: number): number {
	const isInside = (node: ResolvedNode | null) => node !== null && members.includes(node);
	const read = new Set(members.flatMap(({ inputs }) => inputs).filter(({ producer }) => !isInside(producer)));
	const written = members
		.flatMap(({ outputs }) => outputs)
		.filter((tensor) => tensor === net.output || tensor.consumers.some((node) => !isInside(node)));
	const values = (tensor: GraphTensor) => tensor.shape[0] * tensor.shape[1] * tensor.shape[2];
	return 4 * [...read, ...written].reduce((sum, tensor) => sum + values(tensor), params);
}
