import type { Assembly, Out } from './assembly';

/**
 * Puts channels of zeros before and behind, as networks do whose shortcuts have fewer channels than what they are added to: some of
 * the channels, times 0. @returns `null` where there are not as many channels to take them from
 */
export function padChannels(
	assembly: Assembly,
	name: string,
	out: Out,
	before: number,
	after: number
): Out | null {
	const channels = out.shape[2];
	if (before + after === 0) return out;
	if (Math.min(before, after) < 0 || Math.max(before, after) > channels) return null;
	const zeros = (count: number, at: string): Out[] => {
		if (count === 0) return [];
		const part =
			count === channels
				? out
				: assembly.add('split', `${name}/part${at}`, [out], { sizes: [count, channels - count] }).outs[0]!;
		return [assembly.add('rescale', `${name}/zeros${at}`, [part], { scale: 0 }).outs[0]!];
	};
	const parts = [...zeros(before, '_before'), out, ...zeros(after, '')];
	return assembly.add('concat', name, parts, {}).outs[0]!;
}
