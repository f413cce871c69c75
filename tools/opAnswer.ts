/** What `op.ts` does, without the process around it. */
import * as v from 'valibot';
import {
	computedKinds,
	type ComputedKind,
	type Kind,
	OpError,
	operatorOf,
	type Shape,
	sizeOf,
	tensor,
	type Weights
} from '../src/lib/ops';

/** Something wrong with what was read, in a sentence. */
export class InputError extends Error {}

const MOST_VALUES = 2 ** 26;

const numbers = v.array(v.pipe(v.number(), v.finite('is beyond the range of numbers')));

/** A tensor whose shape has as many whole numbers as `axes` has names, and whose data fill it. */
const tensorOf = <const Axes extends readonly string[]>(axes: Axes) =>
	v.pipe(
		v.strictObject({
			shape: v.custom<{ [I in keyof Axes]: number }>(
				(shape) =>
					Array.isArray(shape) &&
					shape.length === axes.length &&
					shape.every((n) => Number.isSafeInteger(n) && n >= 1),
				`is not [${axes.join(', ')}] in whole numbers of at least 1`
			),
			data: numbers
		}),
		v.check(
			({ shape, data }) => data.length === sizeOf(shape),
			({ input: { shape, data } }) =>
				`has ${data.length} values as data; its shape [${shape.join(', ')}] takes ${sizeOf(shape)}`
		)
	);

/** An option that the operator itself checks. */
const option = v.nullish(v.unknown());
const x = tensorOf(['height', 'width', 'channels']);
const convolution = { x, bias: v.nullish(numbers), stride: option, dilation: option, padding: option };
const pool = { x, kernelSize: option, stride: option, padding: option, ceil: option };

/** Kinds that have a form of their own here; all others have one that follows from what they are. */
const own = ['conv2d', 'channelShuffle', 'maxPool', 'avgPool'] as const;
type Own = (typeof own)[number];
type Other = Exclude<ComputedKind, Own>;
const others = computedKinds.filter((kind): kind is Other => !(own as readonly string[]).includes(kind));
/** Kinds that read several inputs: `inputs` in place of `x`. */
const joins: ReadonlySet<string> = new Set<Other>(['add', 'multiply', 'concat', 'concatPlaces']);
/** `x`, or `inputs`; beside them options and weights by their names, a kernel as `w`. */
const otherForms = others.map((kind) =>
	joins.has(kind)
		? v.looseObject({ op: v.literal(kind), inputs: v.array(x) })
		: v.looseObject({ op: v.literal(kind), x })
);

const Request = v.variant('op', [
	v.strictObject({
		op: v.literal('conv2d'),
		...convolution,
		w: tensorOf(['kh', 'kw', 'inChannels / groups', 'outChannels']),
		groups: option
	}),
	v.strictObject({
		op: v.literal('depthwiseConv2d'),
		...convolution,
		w: tensorOf(['kh', 'kw', 'inChannels', 'channelMultiplier'])
	}),
	v.strictObject({ op: v.literal('channelShuffle'), x, groups: option }),
	v.strictObject({ op: v.literal('maxPool'), ...pool, dilation: option }),
	v.strictObject({ op: v.literal('avgPool'), ...pool, countPadding: option }),
	...otherForms
]);

type Request = v.InferOutput<typeof Request>;
type OtherRequest = Extract<Request, { op: Other }>;
type Convolution = Exclude<Extract<Request, { w: unknown }>, OtherRequest>;

/** The options that are given; `null` stands for the default, as does nothing. */
function given<Options extends object>(options: Options) {
	return Object.fromEntries(
		Object.entries(options).filter(([, value]) => value !== null && value !== undefined)
	);
}

type Input = v.InferOutput<typeof x>;

/** Runs an operator. */
function runOn(inputs: readonly Input[], kind: Kind, options: object, weights: Weights = {}) {
	const operator = operatorOf(kind);
	const g = operator.geometry(
		inputs.map(({ shape }) => shape),
		options
	);
	for (const { name, shape } of operator.weights(g)) {
		if (weights[name]?.data.length === sizeOf(shape)) continue;
		const label = name === 'kernel' ? 'w' : name;
		const found = weights[name]?.shape.join(', ');
		throw new InputError(`${label} has the shape [${found}]; [${shape.join(', ')}] would fit`);
	}
	for (const shape of g.outputs)
		if (sizeOf(shape) > MOST_VALUES)
			throw new InputError(`y would have the shape [${shape.join(', ')}], more than ${MOST_VALUES} values`);
	const { params, macs } = operator.cost(g);
	const tensors = inputs.map(({ shape, data }) => tensor(shape, data));
	const ys = operator.run(tensors, weights, g).map(({ shape, data }) => ({ shape, data: Array.from(data) }));
	if (!ys.every(({ data }) => data.every(Number.isFinite)))
		throw new InputError('y has values beyond the range of numbers');
	const count = params.weight + params.bias + params.bnTrainable;
	// Several outputs are a list.
	return { ...(ys.length === 1 ? { y: ys[0]! } : { ys }), params: count, macs };
}

/** A depthwise convolution is a convolution with as many groups as channels; its kernel lies in memory the same way. */
function convolve(request: Convolution) {
	const { x, w, bias } = request;
	const [kh, kw, third, fourth] = w.shape;
	const depthwise = request.op === 'depthwiseConv2d';
	if (depthwise && third !== x.shape[2]) {
		throw new InputError(`w.shape[2] = ${third} is not inChannels = ${x.shape[2]}`);
	}
	const outChannels = depthwise ? third * fourth : fourth;
	const kernel = tensor(depthwise ? [kh, kw, 1, outChannels] : w.shape, w.data);
	const { stride, dilation, padding } = request;
	const groups = depthwise ? third : request.groups;
	return runOn(
		[x],
		'conv2d',
		given({ outChannels, kernelSize: [kh, kw], stride, dilation, padding, groups, bias: Boolean(bias) }),
		bias ? { kernel, bias: tensor([bias.length], bias) } : { kernel }
	);
}

const isOther = (request: Request): request is OtherRequest =>
	(others as readonly string[]).includes(request.op);

/** An operator whose options and weights stand by their names beside its input. */
function runOther({ op, ...request }: OtherRequest) {
	const {
		x: one,
		inputs = [one],
		w,
		...named
	} = request as {
		readonly x?: Input;
		readonly inputs?: readonly Input[];
		readonly w?: unknown;
	} & Record<string, unknown>;
	const operator = operatorOf(op);
	const isKernel = Object.hasOwn(operator.fields, 'outChannels');
	// A bias stands there by its values, which say that there is one.
	const isOption = (name: string) => Object.hasOwn(operator.fields, name) && !(isKernel && name === 'bias');
	const parts = Object.entries(named);
	const options = given(Object.fromEntries(parts.filter(([name]) => isOption(name))));
	const left = parts.filter(([name]) => !isOption(name));
	const weights = Object.fromEntries([...left, ...(w === undefined ? [] : [['kernel', w]])]);
	const kernel = weights['kernel'];
	const told = {
		...options,
		// What the weights say need not be said again.
		...(isKernel && {
			outChannels: lastAxis(kernel),
			bias: weights['bias'] !== undefined && weights['bias'] !== null
		}),
		...(op === 'transposedConv2d' && { kernelSize: options['kernelSize'] ?? axesOf(kernel).slice(0, 2) })
	};
	const specs = operator.weights(
		operator.geometry(
			(inputs as readonly Input[]).map(({ shape }) => shape as Shape),
			told
		)
	);
	for (const name of Object.keys(weights))
		if (!specs.some((spec) => spec.name === name) && weights[name] !== null)
			throw new InputError(`${name} is no option of the operator`);
	const found = specs.map(({ name, shape }) => {
		const label = name === 'kernel' ? 'w' : name;
		const value = weights[name];
		if (value === undefined || value === null) throw new InputError(`${label} is missing`);
		const data = Array.isArray(value) ? value : (value as { readonly data?: unknown }).data;
		if (!v.is(numbers, data)) throw new InputError(`${label} is no list of numbers`);
		if (data.length !== sizeOf(shape))
			throw new InputError(`${label} has ${data.length} values; [${shape.join(', ')}] would fit`);
		return [name, tensor(shape, data)] as const;
	});
	return runOn(inputs as readonly Input[], op, told, Object.fromEntries(found));
}

/** The shape of a kernel that stands as a tensor. */
function axesOf(kernel: unknown): readonly number[] {
	const shape = (kernel as { readonly shape?: unknown } | null | undefined)?.shape;
	if (!v.is(numbers, shape)) throw new InputError('w is missing, or has no shape');
	return shape;
}
const lastAxis = (kernel: unknown) => axesOf(kernel).at(-1);

function answer(request: Request) {
	if (isOther(request)) return runOther(request);
	if ('w' in request) return convolve(request);
	const { op, x, ...options } = request;
	return runOn([x], op, given(options));
}

/** Valibot's types, with their articles. */
const NOUNS: Readonly<Record<string, string>> = {
	number: 'a number',
	Array: 'an array',
	Object: 'an object'
};

/** What valibot found, in words. */
function sentenceOf({ path, kind, type, message, expected, received }: v.BaseIssue<unknown>): string {
	const name =
		path?.reduce((text, { key }) => {
			if (typeof key === 'number') return `${text}[${key}]`;
			return text === '' ? String(key) : `${text}.${String(key)}`;
		}, '') ?? 'the request';
	if (kind === 'validation' || type === 'custom') return `${name} ${message}`;
	if (expected === 'never') return `${name} is no option of the operator`;
	if (received === 'undefined') return `${name} is missing`;
	const wanted =
		NOUNS[expected ?? ''] ?? `one of ${expected?.replaceAll(/[()]/g, '').replaceAll(' | ', ', ')}`;
	return `${name} = ${received} is not ${wanted}`;
}

function answerJson(json: unknown) {
	const { success, output, issues } = v.safeParse(Request, json, { abortEarly: true });
	if (!success) throw new InputError(sentenceOf(issues[0]));
	return answer(output);
}

/** Answers every item of a list, and says which one is wrong. */
function answerAll(items: readonly unknown[]) {
	return items.map((item, i) => {
		try {
			return answerJson(item);
		} catch (error) {
			if (error instanceof OpError || error instanceof InputError) {
				throw new InputError(`[${i}] ${error.message}`);
			}
			throw error;
		}
	});
}

/** Answers a request, or a list of them, in JSON. Throws an `InputError` or an `OpError`, each a sentence. */
export function answerText(text: string): string {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		throw new InputError(`not JSON: ${(error as Error).message}`);
	}
	return JSON.stringify(Array.isArray(json) ? answerAll(json) : answerJson(json));
}
