import type { ResolvedGraph, TrainedWeights } from '../../../../src/lib/nets';
import { logitsBefore } from '../../../../src/lib/nets/quantization/assemble';
import type { FileIntegers } from '../../../../src/lib/nets/quantization/fileNetwork';
import { groupNodes } from '../../../../src/lib/nets/quantization/groups';
import { integersFor, type Integers, type Range } from '../../../../src/lib/nets/quantization/integers';
import {
	kernelValues,
	quantizeKernel,
	type Granularity,
	type StoredWeights
} from '../../../../src/lib/nets/quantization/kernel';

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
