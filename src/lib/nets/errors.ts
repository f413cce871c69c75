/** Values that a translated sentence is filled with. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/**
 * What can be wrong with a graph. Pages translate by code and fill in `params`; `message` is the English sentence.
 *
 * - `json`: the text is not JSON (`line`, `column`, `found` of `JsonFault`)
 * - `tooLong`: more characters than are read (`max`)
 * - `missingField` (`path`), `unknownField` (`path`, `nearest`), `field`: of the wrong type (`path`, `expected`,
 *   `received`)
 * - `tooLongName` (`path`, `count`, `max`): a text with more characters than are read
 * - `version`: a schema version that this program does not know (`version`, `known`)
 * - `empty`: no nodes
 * - `tooManyNodes`, `tooManyEdges`, `tooManyBlocks` (`count`, `max`); `tooDeep`: blocks within blocks (`path`, `count`, `max`)
 * - `tooManyChannels` and `tooLarge` (`what`: the option or side, `value`, `max`)
 * - `id`: an id or a block path with characters that are not allowed (`id`)
 * - `duplicateId` (`id`)
 * - `unknownOp` (`op`, `nearest`)
 * - `unknownInput` (`input`, `nearest`), `unknownOutput` (`output`, `nearest`), `noSuchOutput` (`input`, `count`)
 * - `cycle` (`path`)
 * - `unusedBlock` (`path`)
 * - `op`: the operator refuses its inputs or options; `cause` is its own error with its own code
 * - `flowTooLarge` (`max`): channel flow would take more memory than a page may
 * - `unknownNode` (`node`, `nearest`): an analysis was asked about a node that is not there
 */
export type GraphErrorCode =
	| 'json'
	| 'tooLong'
	| 'missingField'
	| 'unknownField'
	| 'field'
	| 'tooLongName'
	| 'version'
	| 'empty'
	| 'tooManyNodes'
	| 'tooManyEdges'
	| 'tooManyBlocks'
	| 'tooDeep'
	| 'tooManyChannels'
	| 'tooLarge'
	| 'id'
	| 'duplicateId'
	| 'unknownOp'
	| 'unknownInput'
	| 'unknownOutput'
	| 'noSuchOutput'
	| 'cycle'
	| 'unusedBlock'
	| 'op'
	| 'flowTooLarge'
	| 'unknownNode';

/** A graph that cannot be: the sentence names the node where there is one, and what would be right. */
export class GraphError extends Error {
	override readonly name = 'GraphError';

	constructor(
		readonly code: GraphErrorCode,
		message: string,
		readonly params: ErrorParams = {},
		/** Id of the node at fault. */
		readonly node: string | null = null,
		cause?: unknown
	) {
		super(node === null ? message : `${node}: ${message}`, cause === undefined ? undefined : { cause });
	}
}

/**
 * What can be wrong with a knob.
 *
 * - `unknownKnob` (`knob`, `nearest`)
 * - `notANumber` (`knob`, `value`), `notWhole` (`knob`, `value`, `nearest`), `outOfRange` (`knob`, `value`, `min`, `max`)
 * - `notAChoice` (`knob`, `value`, `choices`), `notAFlag` (`knob`, `value`)
 * - `tooSmall` (`knob`, `value`, `nearest`, `node`): the picture shrinks to nothing at `node`
 * - `notDivisible` (`knob`, `value`, `channels`, `groups`, `nearest`): channels of a layer do not divide into the groups
 * - `doesNotFit` (`inChannels`, `channels`): an identity bypass would add different numbers of channels
 */
export type KnobErrorCode =
	| 'unknownKnob'
	| 'notANumber'
	| 'notWhole'
	| 'outOfRange'
	| 'notAChoice'
	| 'notAFlag'
	| 'tooSmall'
	| 'notDivisible'
	| 'doesNotFit';

/** A knob that does not fit: the sentence names it, its value, and the nearest that would do. */
export class KnobError extends Error {
	override readonly name = 'KnobError';

	constructor(
		readonly code: KnobErrorCode,
		/** Name of the knob at fault. */
		readonly knob: string,
		message: string,
		readonly params: ErrorParams = {},
		cause?: unknown
	) {
		super(`${knob}: ${message}`, cause === undefined ? undefined : { cause });
	}
}

/** No network of this name; `params` are `name` and `nearest`. */
export class UnknownNetworkError extends Error {
	override readonly name = 'UnknownNetworkError';

	constructor(readonly params: { readonly name: string; readonly nearest: string }) {
		super(`no network is called ${quote(params.name)}${asking(params.nearest)}`);
	}
}

/** Quotes a value from outside for a sentence, cut to a length that a page can show. */
export function quote(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
}

/**
 * The candidate with the smallest edit distance to the word, upper and lower case alike; the empty string where none is like it, since
 * nobody meant `relu` by `zzqq`.
 */
export function nearestWord(word: string, candidates: readonly string[]): string {
	const short = word.slice(0, 60).toLowerCase();
	let best = '';
	let bestDistance = Infinity;
	for (const candidate of candidates) {
		const distance = editDistance(short, candidate.toLowerCase());
		const isLike =
			distance < Math.max(2, 0.7 * Math.max(short.length, candidate.length)) ||
			(short !== '' && candidate.toLowerCase().startsWith(short));
		if (isLike && distance < bestDistance) [best, bestDistance] = [candidate, distance];
	}
	return best;
}

/** The end of a sentence that asks whether another word was meant, where there is one. */
export const asking = (nearest: string): string => (nearest === '' ? '' : `; did you mean ${nearest}?`);

function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
