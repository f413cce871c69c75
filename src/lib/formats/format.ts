import { GraphError, type Graph } from '../nets';
import type { FileIntegers } from '../nets/quantization/fileNetwork';
import { graphFault, ReasonError, type Reason, type ReasonCode, type ReasonParams } from './reason';
import type { NamedTensor, NetworkWeights, Params } from './tensors';

/** A file that a reader dropped, whole. */
export interface ModelFile {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/**
 * What can be wrong with a file. Pages translate by code and fill in `params`; `message` is the English sentence.
 *
 * - `unknown` (`files`, one a line): none of the files is of a kind that is read
 * - `mistaken` (`file`, `kind` of `mistaken.ts`): it is something else, often without its reader's knowing
 * - `broken` (`file`; `reason` says why): it is of a kind that is read, but not whole or not in order
 * - `tooLarge` (`file`, `what` of {@link Measure}, `name`, `value`, `max`): more than a page can take
 * - `shards` (`files`, one a line): weights of a TensorFlow.js model without its `model.json`
 * - `missingFile` (`file`, `needed`): a file beside it is named by it and was not dropped with it
 * - `unsupported` (`file`, `what` of {@link Unsupported}, `name`, `type`): well formed, and of a kind that is not read
 * - `noWeights` (`file`, `layer`): weights of a layer are not in the file
 * - `noSize` (`file`; `reason` says what did not fit): it leaves the size of its pictures open, and fits none of the usual ones
 * - `unfitSize` (`file`, `size`; `reason` says what did not fit): it leaves the size open, and does not fit the one that was asked for
 * - `fixedSize` (`file`, `what` of {@link Fixed}, `layer`, `type`, `size`, `wanted`): it names the size of its pictures, and takes no other
 */
export type FormatErrorCode =
	| 'unknown'
	| 'mistaken'
	| 'broken'
	| 'tooLarge'
	| 'shards'
	| 'missingFile'
	| 'unsupported'
	| 'noWeights'
	| 'fixedSize'
	| 'unfitSize'
	| 'noSize';

/**
 * Why a network takes no pictures of another size than its file names.
 *
 * - `opaque`: the shapes of `layer`, of the type `type`, are the file's, and what it gives at another size is not known here
 * - `inputs`: it has several inputs, whose sizes belong together
 * - `weights`: `layer` would need other weights
 * - `unfit`: `layer` cannot be at this size; `reason` says why
 */
export type Fixed = 'opaque' | 'inputs' | 'weights' | 'unfit';

/** A file that cannot be opened. */
export class FormatError extends Error {
	override readonly name = 'FormatError';

	constructor(
		readonly code: FormatErrorCode,
		message: string,
		readonly params: Params = {},
		/** Why it is `broken`, or does not fit a size. */
		readonly reason: Reason | null = null
	) {
		super(message);
	}
}

/** What there can be too much of: of the layer or tensor `name`, or of the file. */
export type Measure = 'channels' | 'side' | 'values' | 'weights' | 'layers' | 'nodes' | 'bytes';

const measures: Readonly<Record<Measure, (name: string) => string>> = {
	channels: (name) => `${name}: channels`,
	side: (name) => `${name}: height or width`,
	values: (name) => `values of ${name}`,
	weights: (name) => `weights up to ${name}`,
	layers: () => 'layers',
	nodes: () => 'nodes',
	bytes: (name) => (name === '' ? 'bytes' : `bytes of ${name}`)
};

export function tooLarge(file: string, what: Measure, name: string, value: number, max: number): FormatError {
	const message = `${file}: ${measures[what](name)} = ${value} is too large; at most ${max}`;
	return new FormatError('tooLarge', message, { file, what, name, value, max });
}

/**
 * What is well formed and not read.
 *
 * - `channelsFirst`: the layer `name` has its channels first
 * - `inCode`: a model of the class `type` keeps its structure in code
 * - `dataType`: numbers of the tensor `name` are of the type `type`
 * - `operator`: the layer `name` is of the type `type`, and cannot be written
 */
export type Unsupported = 'channelsFirst' | 'inCode' | 'dataType' | 'operator';

const lacks: Readonly<Record<Unsupported, (name: string, type: string) => string>> = {
	channelsFirst: (name) => `${name} has channels first; only channels last is read`,
	inCode: (_, type) => `a ${type} keeps its structure in code, and not in the file`,
	dataType: (name, type) => `${name} is of the type ${type}, which is not read`,
	operator: (name, type) => `${name}: ${type} is not known here, and cannot be written`
};

export function unsupported(
	file: string,
	what: Unsupported,
	{ name = '', type = '' }: { readonly name?: string; readonly type?: string }
): FormatError {
	return new FormatError('unsupported', `${file}: ${lacks[what](name, type)}`, { file, what, name, type });
}

/**
 * What a reader should know of a file that was opened.
 *
 * - `from` (`producer`): what wrote the file
 * - `opset` (`version`): ONNX's version of operators
 * - `opaque` (`types`, one a line; `count`): operators that cannot be computed here
 * - `opaqueUnknown` (the same): such, of which the file does not say either how many parameters they have
 * - `unusual` (`layer`, `type`, `why`, `axis`): such an operator is computed here, but not as this file uses it: `why` is `axis` where it
 *   joins along another than that of the channels
 * - `folded` (`count`): convolutions that a batch norm was folded into
 * - `unsized` (`layer`, `type`, `count`): nothing says which shape such an operator gives, so that so many layers behind it are not counted
 * - `otherShape` (`name`, `stated`, `made`): the file states another shape of an output than its operators give
 * - `shared` (`count`, `layer`, `owner`): so many layers use the weights of others, which are counted once
 * - `statistics` (`count`, `total`): moving averages that Keras counts among the parameters, and its total with them
 * - `openSize` (`value`): the file leaves the input's size open, and this was taken
 * - `noWeights`: the file has the structure alone, or weights that its framework fills in
 * - `missingShards` (`file`, `files`: the first few, one a line, `count`): it has the structure, and its weights are in files that were not dropped with it
 * - `notFinite` (`layer`, `count`): weights that are infinite or not a number
 * - `labels` (`file`, `count`): names of the classes were found beside the model
 * - `labelsUnfit` (`file`, `count`, `outputs`): they were, and are not as many as the outputs
 * - `another` (`files`, one a line; `count`): were dropped with it, and are networks or weights by themselves: they are not opened
 * - `unused` (the same): were dropped with it, and are nothing that it needs or can use
 * - `unreadable` (the same): such, of which their names say that they are of a kind that is read, and their content does not
 * - `quantized` (`type`): weights are stored as integers, and shown as what they stand for
 * - `half` (`type`): weights are stored as numbers of 16 bits, and are numbers of 32 bits here
 * - `damaged` (`file`, and `fault`): a network that was dropped with it cannot be read
 * - `dynamic` (`type`): operators of this type round to integers by scales that are known when they run, which is not done here
 * - `clamped` (`count`): after so many layers nothing but the range of the file's integers is a ReLU or ReLU6, which stands there here
 */
export interface Note {
	readonly code:
		| 'from'
		| 'opset'
		| 'opaque'
		| 'opaqueUnknown'
		| 'unusual'
		| 'folded'
		| 'unsized'
		| 'otherShape'
		| 'shared'
		| 'statistics'
		| 'openSize'
		| 'noWeights'
		| 'missingShards'
		| 'notFinite'
		| 'half'
		| 'quantized'
		| 'dynamic'
		| 'clamped'
		| 'damaged'
		| 'labels'
		| 'labelsUnfit'
		| 'another'
		| 'unused'
		| 'unreadable';
	readonly params: Params;
	/** What is wrong with another file. */
	readonly fault?: Pick<FormatError, 'code' | 'message' | 'params' | 'reason'>;
}

/** How a network wants its pixels, as a file says or a family has it: `(value - mean) / deviation` of each channel. */
export interface Preprocessing {
	readonly order: 'rgb' | 'bgr';
	/** In the network's order, of values from 0 to 255; the deviations too. */
	readonly mean: readonly [number, number, number];
	readonly deviation: readonly [number, number, number];
}

/** An output as a file has it. */
export interface FileOutput {
	readonly name: string;
	readonly dims: readonly number[];
}

/** A network with its weights, as a file has it. */
export interface OpenedModel {
	readonly kind: 'model';
	readonly format: string;
	readonly graph: Graph;
	/** By node; `null` where the file has the structure alone. */
	readonly weights: NetworkWeights | null;
	/** What 8-bit integers of its tensors stand for, by their names, where the file computes with such. */
	readonly integers?: FileIntegers | null;
	readonly preprocessing: Preprocessing | null;
	/** Share of a picture's short side that it was trained on, where the file says so. */
	readonly share?: number;
	readonly labels: readonly string[] | null;
	/** Whether the file has the output as a row of numbers, without height and width. */
	readonly isRow?: boolean;
	/** What the file calls its outputs, in the graph's order, and their shapes; where they are as many as the graph's. */
	readonly fileOutputs?: readonly FileOutput[];
	/** Whether the file leaves open how many pictures come at once. */
	readonly isBatchOpen?: boolean;
	readonly notes: readonly Note[];
	readonly unopened?: Places;
	readonly unused?: Places;
}

/**
 * Places among the files that were given: `unopened` of those that are networks by themselves, and are not opened, `unused` of others
 * that take no part.
 */
type Places = readonly number[];

/** Weights by their names, to be fitted to a network that is known. */
export interface OpenedWeights {
	readonly kind: 'weights';
	readonly format: string;
	readonly tensors: readonly NamedTensor[];
	readonly notes: readonly Note[];
	readonly unopened?: Places;
	readonly unused?: Places;
}

export type Opened = OpenedModel | OpenedWeights;

/** What a network is called: as its file says, unless that is what programs call every one; the file's own name then. */
export function titleOf(inner: string, file: string): string {
	const isAny =
		/^(|g|graph|net|network|model|functional|sequential|untitled|unnamed|main|default)([-_ ]?\d+)?$/i.test(
			inner
		) || /^(torch|main|tf2onnx|main_graph)/i.test(inner);
	return isAny ? file.replace(/\.\w+$/, '') || file : inner;
}

export type InputSize = number | readonly [height: number, width: number];

/** Height and width of an input that a file leaves open. */
export const inputSizes = (size: InputSize = 224): readonly [height: number, width: number] =>
	typeof size === 'number' ? [size, size] : size;

/** What a reader is given beside the bytes. */
export interface ReadOptions {
	/** Height and width of the input, or one number for both: 224 by default where the file leaves them open, else as it says. */
	readonly size?: InputSize;
	/** Called with the share that is read. */
	readonly progress?: (share: number) => void;
}

/** One format: how its main file is told, and how it is read. */
export interface Format {
	/** What its files are called: `ONNX`. */
	readonly name: string;
	/** Whether this is such a file, by its content; a file that is cut short is still one. */
	tell(file: ModelFile): boolean;
	/**
	 * Whether one of its files is a network by itself; where it is not said, each is. Of several that were given together one is opened.
	 */
	isNetwork?(file: ModelFile): boolean;
	/** Of files that came with the main one, those that it is read from as well; where it is not said, none are. */
	partsOf?(main: ModelFile, files: readonly ModelFile[]): readonly ModelFile[];
	/** @throws {FormatError} and, for weights, `WeightsError` */
	read(main: ModelFile, files: readonly ModelFile[], options: ReadOptions): Opened | Promise<Opened>;
}

/** @returns an error for a file that is not whole or not in order */
export function broken<Code extends ReasonCode>(
	file: string,
	code: Code,
	...params: ReasonParams<Code>
): FormatError {
	return brokenBy(file, new ReasonError(code, ...params));
}

const brokenBy = (file: string, { message, reason }: Pick<ReasonError, 'message' | 'reason'>): FormatError =>
	new FormatError('broken', `${file} cannot be read: ${message}`, { file }, reason);

/**
 * What reading a file threw, as the file's fault where it is: a reason, what a graph refuses, or what a program says of something
 * else where a list, an object or a number should be.
 */
export function asFormatError(file: string, error: unknown): unknown {
	if (error instanceof ReasonError) return brokenBy(file, error);
	if (error instanceof GraphError)
		return brokenBy(file, {
			message: error.message,
			reason: { code: 'graph', fault: graphFault(error) }
		});
	// Browsers say of an index beyond a file's end what only programmers understand.
	if (error instanceof RangeError) return broken(file, rangeReason(error.message));
	if (error instanceof SyntaxError) return broken(file, 'json');
	return error instanceof TypeError ? broken(file, 'disorder') : error;
}

function rangeReason(message: string): 'memory' | 'deep' | 'ends' | 'disorder' {
	if (/allocat|memory/i.test(message)) return 'memory';
	if (/call stack|recursion/i.test(message)) return 'deep';
	return /bounds|DataView|typed array/i.test(message) ? 'ends' : 'disorder';
}

/** Sizes beyond which a file is refused. */
export const formatLimits = {
	/** Nodes of a file, those included that are folded away. */
	nodes: 100_000,
	/** Values of all weights together, those included that a file only says how to fill. */
	values: 1 << 28,
	/** Length of a name or text. */
	text: 1 << 16
} as const;
