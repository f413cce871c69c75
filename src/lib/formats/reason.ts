import { type GraphError } from '../nets';
import { OpError } from '../ops';
import type { Params } from './tensors';

/** What an operator refuses, as plain data: errors lose all but their message on the way out of a worker. */
export type OpFault = Pick<OpError, 'code' | 'params' | 'value' | 'valid'>;

/** What is wrong with a graph, as plain data. */
export type GraphFault = Pick<GraphError, 'code' | 'params' | 'node' | 'message'> & {
	/** The operator's own refusal, where it is one. */
	readonly cause: OpFault | null;
};

export const opFault = ({ code, params, value, valid }: OpError): OpFault => ({ code, params, value, valid });

export const graphFault = ({ code, params, node, message, cause }: GraphError): GraphFault => ({
	...{ code, params, node, message },
	cause: cause instanceof OpError ? opFault(cause) : null
});

type Of<Name extends string> = Readonly<Record<Name, string | number>>;

/** Why files are not whole or not in order, in English. Pages have a sentence for each code, in each language. */
const sentences = {
	/** A length, an offset or an index leads beyond the file. */
	ends: () => 'it ends before what it points to',
	/** The file itself says how long it is. */
	cut: ({ actual, expected }: Of<'actual' | 'expected'>) =>
		`it is cut off: it says that it has ${expected} bytes, and has ${actual}`,
	/** The browser gives a page no more. */
	memory: () => 'it takes more memory than there is',
	announced: ({ length, at, left }: Of<'length' | 'at' | 'left'>) =>
		`${length} bytes are announced at byte ${at}, and ${left} are left`,
	numberEnds: ({ at }: Of<'at'>) => `it ends within a number, at byte ${at}`,
	/** What should be a message of Protocol Buffers. */
	noMessage: ({ at }: Of<'at'>) => `what stands at byte ${at} is no field of a message`,
	packed: () => 'packed numbers end within one',
	noGraph: () => 'it holds no graph',
	noLayers: () => 'it has no layers',
	noOutput: () => 'no output depends on an input',
	noModel: () => 'its configuration is no model',
	noKeras: () => 'it holds no Keras model and no weights of one',
	json: () => 'its JSON is broken, or ends too early',
	zip: () => 'its archive is broken, or ends too early',
	hdf5: () => 'its HDF5 is broken, or of a kind that is not read here',
	/** A program would have failed on it: something else stands where a list, an object or a number should. */
	disorder: () => 'parts of it are missing, or stand where others should',
	deep: () => 'it is nested too deep',
	long: () => 'it is too long',
	circle: () => 'its nodes read each other in a circle',
	twins: () => 'two nodes have one name',
	nodes: ({ max }: Of<'max'>) => `it has more than ${max} nodes`,
	node: ({ index }: Of<'index'>) => `its node ${index} is none`,
	inputShape: ({ name }: Of<'name'>) => `the input ${name} has no shape that is read`,
	inputNumber: ({ name }: Of<'name'>) =>
		`the input ${name} is a single number; networks of pictures and rows are read`,
	inputVolume: ({ name, count }: Of<'name' | 'count'>) =>
		`the input ${name} has ${count} dimensions, as volumes and videos do; networks of pictures and rows are read`,
	shape: ({ name, shape }: Of<'name' | 'shape'>) => `${name} has the shape ${shape}`,
	unread: ({ name, input }: Of<'name' | 'input'>) => `${name} reads ${input}, which nothing before it gives`,
	twice: ({ name }: Of<'name'>) => `${name} is given twice`,
	absent: ({ name, input }: Of<'name' | 'input'>) => `${name} reads ${input}, which is not there`,
	/** Layers of one name in several models, and weights whose names do not say in which. */
	unclearWeights: ({ name }: Of<'name'>) =>
		`several layers are called ${name}, and the names of its weights do not say which are whose`,
	readsNothing: ({ name }: Of<'name'>) => `${name} reads nothing`,
	notThere: ({ name }: Of<'name'>) => `${name} is not there`,
	tensor: ({ index }: Of<'index'>) => `there is no tensor ${index}`,
	noOutputOf: ({ name }: Of<'name'>) => `its output ${name} is not there`,
	notInManifest: ({ name }: Of<'name'>) => `the weight ${name} is not in its manifest`,
	values: ({ name, actual, expected }: Of<'name' | 'actual' | 'expected'>) =>
		`${name} has ${actual} values, expected ${expected}`,
	bytes: ({ name, actual, expected }: Of<'name' | 'actual' | 'expected'>) =>
		`${name} has ${actual} bytes, expected ${expected}`,
	tooManyValues: ({ name, count }: Of<'name' | 'count'>) =>
		`${name} has ${count} values, too many to compute with`,
	type: ({ name, type }: Of<'name' | 'type'>) => `${name} is of the type ${type}, which is not read`,
	multiplies: ({ name, actual, expected }: Of<'name' | 'actual' | 'expected'>) =>
		`${name} multiplies ${actual} values by ${expected}`,
	reshapes: ({ name, from, to }: Of<'name' | 'from' | 'to'>) => `${name} makes ${to} of ${from}`,
	fedWithoutSize: ({ input }: Of<'input'>) =>
		`it is a file for training: ${input} comes from a data layer, and no size of it is stated; the file for running the network (deploy) states it`,
	line: ({ line }: Of<'line'>) => `line ${line} cannot be read`,
	noField: ({ text }: Of<'text'>) => `the name of a field was expected, and not ${text}`,
	unclosed: ({ end, line }: Of<'end' | 'line'>) =>
		`it is cut off: what is opened in line ${line} is not closed by ${end}`,
	cutAt: ({ line }: Of<'line'>) => `it is cut off in line ${line}, within a field`
} as const satisfies Readonly<Record<string, (params: never) => string>>;

type Sentences = typeof sentences;
export type ReasonCode = keyof Sentences;

/**
 * Why a file is not whole or not in order. Pages translate by code and fill in `params`.
 *
 * - `operator`: the operator of `layer` refuses what it is given
 * - `graph`: the file is a graph of this site that cannot be
 */
export type Reason =
	| { readonly code: ReasonCode; readonly params: Params }
	| { readonly code: 'operator'; readonly layer: string; readonly fault: OpFault }
	| { readonly code: 'graph'; readonly fault: GraphFault };

/** Arguments of a reason: what its sentence is filled with. */
export type ReasonParams<Code extends ReasonCode> = Parameters<Sentences[Code]>;

/** A reason with its English sentence, by itself: for readers that do not know which file they read. */
export class ReasonError<Code extends ReasonCode = ReasonCode> extends Error {
	override readonly name = 'ReasonError';
	readonly reason: Reason;

	constructor(code: Code, ...params: ReasonParams<Code>) {
		super((sentences[code] as (...of: ReasonParams<Code>) => string)(...params));
		this.reason = { code, params: (params[0] as Params | undefined) ?? {} };
	}
}
