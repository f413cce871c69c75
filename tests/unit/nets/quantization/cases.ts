import fc from 'fast-check';
import { GraphBuilder, randomNumbers, randomWeights, resolveGraph, runGraph, type Ref } from '$lib/nets';
import type { TrainedWeights } from '$lib/nets';
import { tensor } from '$lib/ops';
import { calibratedTensors } from '$lib/nets/quantization/network';
import type { Range } from '$lib/nets/quantization/integers';

/** A part of a random network; what does not fit where it comes is left out. */
export interface Part {
	readonly kind:
		'conv' | 'depthwise' | 'maxPool' | 'avgPool' | 'add' | 'concat' | 'shuffle' | 'relu' | 'norm';
	readonly kernelSize: number;
	readonly stride: number;
	readonly dilation: number;
	readonly groups: number;
	/** Output channels of a group. */
	readonly width: number;
	readonly padding: 'same' | 'valid' | 1;
	readonly norm: boolean;
	readonly activation: 'none' | 'relu' | 'relu6';
	readonly flag: boolean;
}

export interface NetCase {
	readonly seed: number;
	readonly size: readonly [number, number];
	readonly channels: number;
	readonly parts: readonly Part[];
	readonly end: 'dense' | 'pool' | 'none';
}

const part: fc.Arbitrary<Part> = fc.record({
	kind: fc.constantFrom<Part['kind'][]>(
		...(['conv', 'conv', 'conv', 'depthwise', 'depthwise', 'maxPool', 'avgPool'] as const),
		...(['add', 'concat', 'concat', 'shuffle', 'relu', 'norm'] as const)
	),
	kernelSize: fc.constantFrom(1, 1, 2, 3, 3, 5),
	stride: fc.constantFrom(1, 1, 2, 3),
	dilation: fc.constantFrom(1, 1, 1, 2),
	groups: fc.constantFrom(1, 1, 2, 3, 4),
	width: fc.integer({ min: 1, max: 20 }),
	padding: fc.constantFrom<Part['padding'][]>('same', 'valid', 1),
	norm: fc.boolean(),
	activation: fc.constantFrom<Part['activation'][]>('none', 'relu', 'relu6'),
	flag: fc.boolean()
});

/** Small networks of everything that is computed with integers. */
export const netCases: fc.Arbitrary<NetCase> = fc.record({
	seed: fc.nat(),
	size: fc.tuple(fc.integer({ min: 3, max: 14 }), fc.integer({ min: 3, max: 14 })),
	channels: fc.integer({ min: 1, max: 20 }),
	parts: fc.array(part, { minLength: 1, maxLength: 6 }),
	end: fc.constantFrom<NetCase['end'][]>('dense', 'pool', 'none')
});

/** The network of a case with weights, a picture, and the ranges that its tensors have for it. */
export function makeNet({ seed, size, channels, parts, end }: NetCase) {
	const net = new GraphBuilder('case', [...size, channels]);
	let x: Ref = net.input;
	const attempt = (make: () => Ref) => {
		try {
			x = make();
		} catch {
			// It does not fit here.
		}
	};
	parts.forEach((of, i) => attempt(() => addPart(net, x, of, `${of.kind}${i}`)));
	if (end !== 'none') x = net.globalAvgPool('average', x);
	if (end === 'dense') x = net.dense('dense', net.dropout('dropout', x, 0.5), { outChannels: 7 });
	if (x === net.input) x = net.conv2d('only', x, { outChannels: 3, kernelSize: 1 });
	const resolved = resolveGraph(net.build(end === 'dense' ? net.softmax('softmax', x) : x));
	const doubles = randomWeights(resolved, seed);
	const weights: TrainedWeights = Object.fromEntries(
		Object.entries(doubles).map(([id, of]) => [
			id,
			Object.fromEntries(
				Object.entries(of).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }])
			)
		])
	);
	const random = randomNumbers(`picture ${seed}`);
	const input = Float32Array.from({ length: size[0] * size[1] * channels }, () => 4 * random() - 2);
	const values = runGraph(resolved, [tensor([...size, channels] as const, input)], doubles);
	const ranges: Record<string, Range> = Object.fromEntries(
		calibratedTensors(resolved).map((ref) => {
			const data = values[resolved.byRef.get(ref)!.index]!.data;
			return [ref, { low: Math.min(...data), high: Math.max(...data) }];
		})
	);
	return { resolved, weights, input, ranges, values };
}

function addPart(net: GraphBuilder, x: Ref, of: Part, id: string): Ref {
	const { kind, kernelSize, stride, dilation, groups, width, padding, flag } = of;
	const placed = { kernelSize, stride, padding };
	const finish = (y: Ref): Ref => {
		const normed = of.norm ? net.batchNorm(`${id}_norm`, y) : y;
		return of.activation === 'none' ? normed : net.op(of.activation, `${id}_act`, normed, {});
	};
	switch (kind) {
		case 'conv':
			return finish(
				net.conv2d(id, x, { ...placed, dilation, groups, outChannels: groups * width, bias: flag })
			);
		case 'depthwise':
			return finish(net.depthwiseConv2d(id, x, { ...placed, dilation }));
		case 'maxPool':
			return net.maxPool(id, x, { ...placed, ceil: flag });
		case 'avgPool':
			return net.avgPool(id, x, { ...placed, countPadding: flag });
		case 'add': {
			const other = net.conv2d(`${id}_conv`, x, { kernelSize: 1, outChannels: net.channels(x) });
			const sum = net.add(id, [other, x]);
			return of.activation === 'none' ? sum : net.op(of.activation, `${id}_act`, sum, {});
		}
		case 'concat': {
			const made = finish(
				net.conv2d(`${id}_conv`, x, { kernelSize: 1, outChannels: flag ? 8 * groups : width })
			);
			const pooled = net.maxPool(`${id}_pool`, x, { kernelSize: 3, stride: 1, padding: 'same' });
			const joined = net.concat(id, flag ? [made, pooled, made] : [pooled, made]);
			return groups === 1 ? net.relu(`${id}_joined`, joined) : joined;
		}
		case 'shuffle':
			return net.op('channelShuffle', id, x, { groups });
		case 'relu':
			return flag ? net.add(`${id}_sum`, [net.relu(id, x), x]) : net.relu(id, x);
		case 'norm':
			return net.batchNorm(id, x);
	}
}
