import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	channelFlow,
	GraphBuilder,
	isMixed,
	mixing,
	networks,
	randomWeights,
	resolveGraph,
	runGraph,
	channelDependency,
	dependencyCount,
	type Graph,
	type GraphWeights,
	type Ref
} from '$lib/nets';
import { tensor, type Shape, type Tensor } from '$lib/ops';
import { groupStack } from './graphs';

/** What each channel of the output has seen. */
function seenAtOutput(graph: Graph): number[][] {
	const resolved = resolveGraph(graph);
	const flow = channelFlow(resolved);
	return Array.from({ length: resolved.output.shape[2] }, (_, channel) =>
		channelDependency(flow, resolved.output, channel)
	);
}

describe('channelFlow(resolved)', () => {
	it('a stack of group convolutions without shuffle stays in its groups', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(2, 3, 4),
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: 1, max: 6 }),
				(groups, per, layers) => {
					const seen = seenAtOutput(groupStack(groups * per, groups, layers, false));
					seen.forEach((channels, channel) => {
						const group = Math.floor(channel / per);
						expect(channels).toEqual(Array.from({ length: per }, (_, i) => group * per + i));
					});
				}
			)
		);
	});

	it('one shuffle between two group convolutions mixes all, where groups² divides the channels', () => {
		fc.assert(
			fc.property(fc.constantFrom(2, 3, 4), fc.integer({ min: 1, max: 3 }), (groups, times) => {
				const channels = groups * groups * times;
				for (const seen of seenAtOutput(groupStack(channels, groups, 2, true)))
					expect(seen).toHaveLength(channels);
			})
		);
	});

	it('one pointwise convolution mixes all; a depthwise one mixes nothing', () => {
		const net = new GraphBuilder('Separable', [4, 4, 6]);
		const depthwise = net.depthwiseConv2d('dw', net.input, { kernelSize: 3 });
		const resolved = resolveGraph(net.build(net.conv2d('pw', depthwise, { outChannels: 5, kernelSize: 1 })));
		const flow = channelFlow(resolved);
		for (let channel = 0; channel < 6; channel++) {
			expect(channelDependency(flow, resolved.byRef.get('dw')!, channel)).toEqual([channel]);
		}
		expect(isMixed(flow, resolved.output)).toBe(true);
		expect(mixing(resolved, flow)).toMatchObject({ node: { id: 'pw' }, layers: 2 });
	});

	it('follows from any tensor; what does not come from it has seen nothing', () => {
		const net = new GraphBuilder('Branches', [2, 2, 4]);
		const left = net.conv2d('left', net.input, { outChannels: 3, kernelSize: 1 });
		const right = net.conv2d('right', net.input, { outChannels: 2, kernelSize: 1 });
		const resolved = resolveGraph(net.build(net.concat('concat', [left, right])));
		const flow = channelFlow(resolved, 'left');
		expect([0, 1, 2, 3, 4].map((channel) => dependencyCount(flow, resolved.output, channel))).toEqual([
			1, 1, 1, 0, 0
		]);
		expect(mixing(resolved, flow)).toBeNull();
	});

	it('refuses a source that is not there', () => {
		expect(() => channelFlow(resolveGraph(groupStack(4, 2, 1, false)), 'gconv')).toThrow(
			'there is no "gconv" in the graph; did you mean gconv1?'
		);
	});

	it.each([
		['a source of too many channels', 16384, 1],
		['channels that mix in too many ways', 8000, 60]
	])('refuses %s', (_, channels, layers) => {
		const net = new GraphBuilder('Hostile', [1, 1, channels]);
		let x: Ref = net.input;
		for (let i = 0; i < layers; i++) {
			x = net.op('channelShuffle', `shuffle${i}`, x, { groups: 8 });
			x = net.op('localResponseNorm', `norm${i}`, x, {});
		}
		const resolved = resolveGraph(net.build(x));
		expect(() => channelFlow(resolved)).toThrow(expect.objectContaining({ code: 'flowTooLarge' }));
	});

	it('equals what changes when an input channel changes, on random graphs', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 7 }),
				fc.nat(),
				(choices, seed) => {
					const resolved = resolveGraph(randomGraph(choices));
					const flow = channelFlow(resolved);
					const weights = positive(randomWeights(resolved, seed));
					const shape = resolved.tensors[0]!.shape;
					const before = runGraph(resolved, [ramp(shape)], weights);
					for (let changed = 0; changed < shape[2]; changed++) {
						const after = runGraph(resolved, [ramp(shape, changed)], weights);
						for (const { index } of resolved.tensors) {
							const differs = channelsThatDiffer(before[index]!, after[index]!);
							const seen = differs.map((_, channel) =>
								channelDependency(flow, resolved.tensors[index]!, channel).includes(changed)
							);
							expect({ tensor: resolved.tensors[index]!.ref, differs }).toEqual({
								tensor: resolved.tensors[index]!.ref,
								differs: seen
							});
						}
					}
				}
			),
			{ numRuns: 150 }
		);
	});
});

describe('mixing(resolved, flow) in ShuffleNet, from the output of a unit of stage 3', () => {
	const layersUntilMixed = (knobs: { shuffle?: boolean; densePointwise?: boolean; groups?: 3 | 8 }) => {
		const resolved = resolveGraph(networks.shufflenet.build(knobs));
		return mixing(resolved, channelFlow(resolved, 'stage3/unit1/relu'));
	};

	it('with shuffle the next unit mixes all', () => {
		expect(layersUntilMixed({})).toMatchObject({ node: { id: 'stage3/unit2/gconv2' }, layers: 3 });
	});

	it('with dense pointwise convolutions their first one does', () => {
		expect(layersUntilMixed({ densePointwise: true, shuffle: false })).toMatchObject({ layers: 1 });
	});

	it('without shuffle nothing does before the classifier', () => {
		expect(layersUntilMixed({ shuffle: false })?.node.id).toBe('fc');
	});
});

/** A small graph with an operator for each choice, over three positions square. */
function randomGraph(choices: readonly (readonly [kind: number, size: number])[]): Graph {
	const net = new GraphBuilder('Random', [3, 3, 4]);
	let x: Ref = net.input;
	choices.forEach(([kind, size], i) => {
		const id = `n${i}`;
		const channels = net.channels(x);
		const divisors = [1, 2, 3, 4].filter((d) => channels % d === 0);
		const groups = divisors[size % divisors.length]!;
		const writers: (() => Ref)[] = [
			() => net.conv2d(id, x, { outChannels: groups * (1 + (size % 3)), kernelSize: 1, groups }),
			() => net.conv2d(id, x, { outChannels: channels, kernelSize: 3, padding: 1, groups: channels }),
			() => net.op('channelShuffle', id, x, { groups }),
			() => net.batchNorm(id, x),
			() => net.maxPool(id, x, { kernelSize: 3, stride: 1, padding: 1 }),
			() => net.avgPool(id, x, { kernelSize: 3, stride: 1, padding: 1 }),
			() => net.add(id, [x, net.conv2d(`${id}_conv`, x, { outChannels: channels, kernelSize: 1, groups })]),
			() => net.op('multiply', id, [x, net.globalAvgPool(`${id}_pool`, x)], {}),
			() => net.op('localResponseNorm', id, x, { depthRadius: 1, alpha: 0.1 }),
			() => net.op('transposedConv2d', id, x, { outChannels: channels, kernelSize: 3, padding: 1, groups }),
			() => {
				if (channels < 2) return net.relu(id, x);
				const first = 1 + (size % (channels - 1));
				net.op('split', `${id}_split`, x, { sizes: [first, channels - first] });
				return net.concat(id, [`${id}_split:1`, `${id}_split:0`, x].slice(0, channels > 8 ? 2 : 3));
			}
		];
		x = writers[kind % writers.length]!();
	});
	return net.build(x);
}

/** All weights above 0, so that nothing cancels and no ReLU hides a change. */
function positive(weights: GraphWeights): GraphWeights {
	return Object.fromEntries(
		Object.entries(weights).map(([id, byName]) => [
			id,
			Object.fromEntries(
				Object.entries(byName).map(([name, { shape, data }]) => [
					name,
					{ shape, data: data.map((value) => Math.abs(value) + 0.1) }
				])
			)
		])
	);
}

/** Values from 1 up by tenths; those of one channel raised. */
function ramp(shape: Shape, raised = -1): Tensor {
	const [height, width, channels] = shape;
	const values = Array.from(
		{ length: height * width * channels },
		(_, i) => 1 + i / 10 + (i % channels === raised ? 7 : 0)
	);
	return tensor(shape, values);
}

function channelsThatDiffer(a: Tensor, b: Tensor): boolean[] {
	const channels = a.shape[2];
	return Array.from({ length: channels }, (_, channel) =>
		a.data.some((value, i) => i % channels === channel && value !== b.data[i])
	);
}
