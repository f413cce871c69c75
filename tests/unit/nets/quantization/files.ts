import fc from 'fast-check';
import type { ResolvedGraph, TrainedWeights } from '$lib/nets';
import { logitsBefore } from '$lib/nets/quantization/assemble';
import { networkOfFile, type FileIntegers } from '$lib/nets/quantization/fileNetwork';
import { groupNodes } from '$lib/nets/quantization/groups';
import { integersFor, type Integers, type Range } from '$lib/nets/quantization/integers';
import {
	kernelValues,
	quantizeKernel,
	type Granularity,
	type StoredWeights
} from '$lib/nets/quantization/kernel';
import { makeNet, netCases, type NetCase } from './cases';

/** Networks as files have them: batch norm is folded into weights. */
export interface FileCase {
	readonly net: NetCase;
	readonly granularity: Granularity;
	/** Weights from 0 to 255 around it, where it is not 0. */
	readonly weightZero: number;
}

export const fileCases: fc.Arbitrary<FileCase> = fc.record({
	net: netCases.map((of) => ({
		...of,
		// Sides of 1, 3 and 4 could be channels.
		size: [Math.max(of.size[0], 5), Math.max(of.size[1], 5)] as const,
		parts: of.parts.filter(({ kind }) => kind !== 'norm').map((part) => ({ ...part, norm: false })),
		// What is shuffled last is told from what is not by the weights that read it alone.
		end: of.parts.some(({ kind }) => kind === 'shuffle') ? 'dense' : of.end
	})),
	granularity: fc.constantFrom<Granularity[]>('tensor', 'channel', 'channel'),
	weightZero: fc.constantFrom(0, 0, 128, 97)
});

/** The network of a case, its integers and weights, and a picture. */
export function makeFile({ net, granularity, weightZero }: FileCase) {
	const made = makeNet(net);
	const integers = fileIntegers(made.resolved, made.ranges);
	const stored = storedWeights(made.resolved, made.weights, integers, granularity, weightZero);
	return { ...made, integers, stored, network: networkOfFile(made.resolved, stored, integers) };
}

/** Integers of 8 bits for tensors with these ranges; what is pooled or shuffled keeps those that it reads. */
export function fileIntegers(resolved: ResolvedGraph, ranges: Readonly<Record<string, Range>>): FileIntegers {
	const found: Record<string, Integers> = {};
	const take = (ref: string) => (found[ref] = integersFor(ranges[ref]!, 8));
	take(resolved.tensors[0].ref);
	for (const { inputs, output } of groupNodes(resolved))
		if (Object.hasOwn(ranges, output.ref)) take(output.ref);
		else if (output !== logitsBefore(resolved)) found[output.ref] = found[inputs[0]!.ref]!;
	return found;
}

/** Kernels of 8-bit integers, and biases of 32 bits that have the scale of the sums. */
export function storedWeights(
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	integers: FileIntegers,
	granularity: Granularity,
	weightZero = 0
): StoredWeights {
	const groups = groupNodes(resolved, ({ ref }) => Object.hasOwn(integers, ref));
	const inputs = new Map(groups.map(({ main, inputs: of }) => [main.id, of[0]!.ref]));
	return Object.fromEntries(
		Object.entries(weights).map(([id, { kernel, bias, ...others }]) => {
			if (!kernel) return [id, others];
			const outChannels = kernel.shape.at(-1)!;
			const found = quantizeKernel(kernel.data, outChannels, { bits: 8, granularity, isFitted: false });
			const scales = granularity === 'tensor' ? [found.scales[0]!] : Array.from(found.scales);
			const from = integers[inputs.get(id)!]!.scale;
			const sumScales = scales.map((scale) => Math.fround(scale * from));
			const sumScale = (c: number) => sumScales[c % sumScales.length]!;
			const values = bias && Int32Array.from(bias.data, (value, c) => Math.round(value / sumScale(c)));
			const along = (axis: number) => (granularity === 'tensor' ? null : axis);
			const none = scales.map(() => 0);
			const ownBias = bias && {
				shape: bias.shape,
				data: Float32Array.from(values!, (value, c) => value * sumScale(c)),
				quantized: { values: values!, scales: sumScales, zeroPoints: none, axis: along(0) }
			};
			// Unsigned ones begin at 0.
			const least = weightZero === 0 ? -128 : -weightZero;
			const kept = found.values.map((value) => Math.max(value, least));
			const quantized = {
				values: Int32Array.from(kept, (value) => value + weightZero),
				...{ scales, zeroPoints: scales.map(() => weightZero), axis: along(kernel.shape.length - 1) }
			};
			const ownKernel = {
				shape: kernel.shape,
				data: kernelValues({ values: kept, scales: found.scales }),
				quantized
			};
			return [id, { kernel: ownKernel, ...(ownBias && { bias: ownBias }) }];
		})
	);
}
