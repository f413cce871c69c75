import * as v from 'valibot';
import type { Kind, OptionsOf } from '../ops';
import { GraphError, nearestWord, quote } from './errors';
import { blockKinds, graphLimits, type Graph, type GraphNode } from './types';
import { checkKind } from './validate';

/** Version of the JSON that is written; it rises when an older reader would misread. */
export const graphVersion = 1;

const number = v.number();
const size = v.union([number, v.tuple([number, number])]);
const padding = v.union([
	v.picklist(['valid', 'same']),
	number,
	v.strictObject({ top: number, bottom: number, left: number, right: number })
]);
const pool = {
	kernelSize: size,
	stride: v.exactOptional(size),
	padding: v.exactOptional(padding),
	ceil: v.exactOptional(v.boolean())
};
const convolution = {
	outChannels: number,
	kernelSize: size,
	stride: v.exactOptional(size),
	padding: v.exactOptional(padding),
	dilation: v.exactOptional(size),
	groups: v.exactOptional(number),
	bias: v.exactOptional(v.boolean())
};
const none = v.strictObject({});

/** What the options of each kind look like; whether their values fit is the operator's to say. */
const optionSchemas: { readonly [K in Kind]: v.GenericSchema<OptionsOf<K>> } = {
	conv2d: v.strictObject(convolution),
	transposedConv2d: v.strictObject({ ...convolution, outputPadding: v.exactOptional(size) }),
	channelShuffle: v.strictObject({ groups: number }),
	maxPool: v.strictObject(pool),
	avgPool: v.strictObject({ ...pool, countPadding: v.exactOptional(v.boolean()) }),
	globalAvgPool: none,
	relu: none,
	relu6: none,
	sigmoid: none,
	hardSigmoid: none,
	hardSwish: none,
	batchNorm: v.strictObject({
		epsilon: v.exactOptional(number),
		scale: v.exactOptional(v.boolean()),
		center: v.exactOptional(v.boolean())
	}),
	localResponseNorm: v.strictObject({
		depthRadius: v.exactOptional(number),
		bias: v.exactOptional(number),
		alpha: v.exactOptional(number),
		beta: v.exactOptional(number)
	}),
	add: none,
	multiply: none,
	concat: none,
	split: v.strictObject({ sizes: v.array(number) }),
	dense: v.strictObject({ outChannels: number, bias: v.exactOptional(v.boolean()) }),
	softmax: none,
	dropout: v.strictObject({ rate: v.exactOptional(number) })
};

const whole = v.pipe(number, v.integer(), v.minValue(1));
const name = v.pipe(v.string(), v.maxLength(graphLimits.nameLength));

const graphSchema = v.strictObject({
	version: number,
	name,
	inputs: v.pipe(
		v.array(v.strictObject({ id: name, shape: v.tuple([whole, whole, whole]) })),
		v.minLength(1)
	),
	nodes: v.array(
		v.strictObject({
			id: name,
			op: v.string(),
			options: v.optional(v.record(v.string(), v.unknown()), {}),
			inputs: v.array(v.string()),
			block: v.exactOptional(name)
		})
	),
	output: v.string(),
	blocks: v.optional(v.array(v.strictObject({ path: name, kind: v.picklist(blockKinds) })), [])
});

/** Writes a graph as JSON, a node a line; fields stand in a fixed order, so that equal graphs give equal texts. */
export function formatGraph({ name, inputs, nodes, output, blocks }: Graph): string {
	const head = JSON.stringify({ version: graphVersion, name, inputs, output, blocks });
	const lines = nodes.map(({ id, op, options, inputs, block }) =>
		JSON.stringify({ id, op, options, inputs, block })
	);
	return `${head.slice(0, -1)},"nodes":[\n\t${lines.join(',\n\t')}\n]}\n`;
}

/**
 * Reads a graph from JSON: the inverse of {@link formatGraph}. Fields that are not known are refused. Whether the graph can
 * be is for `resolveGraph` to say.
 * @throws {GraphError} that names the field, and the node where there is one.
 */
export function parseGraph(text: string): Graph {
	if (text.length > graphLimits.jsonLength) {
		const max = graphLimits.jsonLength;
		throw new GraphError('tooLong', `the text has more than ${max} characters`, { max });
	}
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new GraphError('json', `this is not JSON: ${reason}`, { reason });
	}
	const { version, nodes, ...rest } = parseWith(graphSchema, json, '', null);
	if (version !== graphVersion) {
		const params = { version, known: graphVersion };
		throw new GraphError('version', `version ${version} is not known here; ${graphVersion} is`, params);
	}
	return { ...rest, nodes: nodes.map(parseNode) };
}

function parseNode({ options, ...node }: v.InferOutput<typeof graphSchema>['nodes'][number]): GraphNode {
	checkKind(node.op, node.id);
	const parsed = parseWith(optionSchemas[node.op as Kind], options, 'options', node.id);
	return { ...node, options: parsed } as GraphNode;
}

function parseWith<S extends v.GenericSchema>(schema: S, value: unknown, at: string, node: string | null) {
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	throw fieldError(schema, result.issues[0], at, node);
}

function fieldError(
	schema: unknown,
	issue: v.BaseIssue<unknown>,
	at: string,
	node: string | null
): GraphError {
	const steps = issue.path ?? [];
	const path = [at, ...steps.map((step) => String(step.key))].filter((step) => step !== '').join('.');
	if (issue.expected === 'never') {
		const known = fieldsAt(schema, steps.slice(0, -1));
		const nearest = nearestWord(String(steps.at(-1)?.key), known);
		const help = nearest === '' ? 'there are none here' : `did you mean ${nearest}?`;
		return new GraphError(
			'unknownField',
			`there is no field ${quote(path)}; ${help}`,
			{ path, nearest },
			node
		);
	}
	if (issue.received === 'undefined') {
		return new GraphError('missingField', `the field ${quote(path)} is missing`, { path }, node);
	}
	const expected =
		issue.expected ?? `${issue.type.replaceAll('_', ' ')} ${String(issue.requirement ?? '')}`.trim();
	const received = issue.received.slice(0, 40);
	const message = `${path === '' ? 'the graph' : path} is ${received}; expected ${expected}`;
	return new GraphError('field', message, { path, expected, received }, node);
}

/** A schema as far as its fields go. */
interface SchemaParts {
	readonly entries?: Readonly<Record<string, SchemaParts>>;
	readonly item?: SchemaParts;
	readonly wrapped?: SchemaParts;
}

/** Names of the fields that a schema knows at the end of a path. */
function fieldsAt(
	schema: unknown,
	path: readonly { readonly type: string; readonly key: unknown }[]
): string[] {
	let parts = schema as SchemaParts | undefined;
	for (const { type, key } of path) {
		parts = parts?.wrapped ?? parts;
		parts = type === 'array' ? parts?.item : parts?.entries?.[String(key)];
	}
	return Object.keys((parts?.wrapped ?? parts)?.entries ?? {});
}
