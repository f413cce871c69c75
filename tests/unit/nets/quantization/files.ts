import fc from 'fast-check';
import { networkOfFile } from '$lib/nets/quantization/fileNetwork';
import type { Granularity } from '$lib/nets/quantization/kernel';
import { fileIntegers, storedWeights } from './fileIntegers';
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
