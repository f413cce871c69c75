import fc from 'fast-check';
import { alter, edits, smaller } from './alter';

/** What broke something. */
export interface Finding {
	readonly fault: string;
	/** The least that was found to do so. */
	readonly least: Buffer;
}

export interface Search {
	readonly seed: number;
	/** Things that are tried at most. */
	readonly runs: number;
	/** `performance.now()` after which nothing new is tried. */
	readonly until: number;
	/** Times that a fault is looked for again in order to make its case smaller. */
	readonly tries: number;
	/** Told of what breaks before it is made smaller, so that it is not lost where that is cut short. */
	readonly onFound?: (fault: string, bytes: Buffer) => void;
	/** Told of what broke once, and not when it was tried again. */
	readonly onUnsteady?: (fault: string, bytes: Buffer) => void;
}

/** Milliseconds that a finding is made smaller for. */
const longestReduction = 60_000;

/**
 * Alters things until one breaks. Its changes are shrunk by fast-check, and what is left of it then by leaving out parts.
 * @param faultOf what is wrong with what comes of one; `null` where all is well
 * @returns how many were tried, and the first that broke
 */
export async function find(
	first: readonly Uint8Array[],
	faultOf: (bytes: Buffer) => Promise<string | null>,
	{ seed, runs, until, tries, onFound, onUnsteady }: Search
): Promise<{ readonly tried: number; readonly finding: Finding | null }> {
	let tried = 0;
	let left = tries;
	let isFound = false;
	/** When to be content with what is left of a finding. */
	let enough = Infinity;
	const breaks = async (bytes: Buffer): Promise<boolean> => {
		if (performance.now() >= enough) return false;
		const fault = await faultOf(bytes);
		if (fault === null || isFound) return fault !== null;
		// A machine that stood still, for one, breaks what is whole.
		if ((await faultOf(bytes)) === null) {
			onUnsteady?.(fault, bytes);
			return false;
		}
		onFound?.(fault, bytes);
		return true;
	};
	const { counterexample } = await fc.check(
		fc.asyncProperty(fc.nat(first.length - 1), edits, async (which, changes) => {
			if (isFound ? left-- <= 0 : performance.now() > until) return true;
			if (!isFound) tried++;
			const isBroken = await breaks(alter(first[which]!, changes));
			if (isBroken && !isFound) [isFound, enough] = [true, performance.now() + longestReduction];
			return !isBroken;
		}),
		{ seed, numRuns: runs }
	);
	if (!counterexample) return { tried, finding: null };
	const [which, changes] = counterexample;
	const least = await smaller(alter(first[which]!, changes), breaks, tries);
	const fault = (await faultOf(least)) ?? 'it broke, and then did not';
	return { tried, finding: { fault, least } };
}
