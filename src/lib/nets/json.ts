import * as v from 'valibot';
import { kinds, operatorOf, type FieldType, type Kind } from '../ops';
import { GraphError, asking, nearestWord, quote } from './errors';
import { jsonProblem, readJson } from './jsonText';
import { plainName } from './plainText';
import { blockKinds, graphLimits, type Graph, type GraphNode } from './types';
import { checkKind } from './validate';

/** Version of the JSON that is written; it rises when an older reader would misread. */
export const graphVersion = 1;

const number = v.number();
const fieldSchemas: Readonly<Record<FieldType, v.GenericSchema>> = {
	number,
	flag: v.boolean(),
	size: v.union([number, v.tuple([number, number])]),
	padding: v.union([
		v.picklist(['valid', 'same']),
		number,
		v.strictObject({ top: number, bottom: number, left: number, right: number })
	]),
	numbers: v.array(number),
	text: v.pipe(v.string(), v.maxLength(graphLimits.nameLength), v.transform(plainName)),
	shapes: v.array(v.tuple([number, number, number]))
};

/** What the options of each kind look like; whether their values fit is the operator's to say. */
const optionSchemas = new Map(
	kinds.map((kind) => {
		const { fields } = operatorOf(kind) as { readonly fields: Readonly<Record<string, string>> };
		const entries = Object.entries(fields).map(([name, field]) => {
			const schema = fieldSchemas[field.replace('?', '') as FieldType];
			return [name, field.endsWith('?') ? v.exactOptional(schema) : schema] as const;
		});
		return [kind, v.strictObject(Object.fromEntries(entries))] as const;
	})
);

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
			block: v.exactOptional(name),
			sharesWith: v.exactOptional(name)
		})
	),
	output: v.string(),
	otherOutputs: v.exactOptional(v.array(v.string())),
	blocks: v.optional(v.array(v.strictObject({ path: name, kind: v.picklist(blockKinds) })), [])
});

/** Writes a graph as JSON, a node a line; fields stand in a fixed order, so that equal graphs give equal texts. */
export function formatGraph({ name, inputs, nodes, output, otherOutputs, blocks }: Graph): string {
	const head = JSON.stringify({ version: graphVersion, name, inputs, output, otherOutputs, blocks });
	const lines = nodes.map(({ id, op, options, inputs, block, sharesWith }) =>
		JSON.stringify({ id, op, options, inputs, block, sharesWith })
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
	const json = readJson(text);
	if ('fault' in json) throw new GraphError('json', jsonProblem(json.fault), { ...json.fault });
	if (Array.isArray(json.value) || typeof json.value !== 'object' || json.value === null) {
		const params = { path: '', expected: 'object', received: Array.isArray(json.value) ? 'list' : 'value' };
		throw new GraphError('field', `this is a ${params.received} and no graph, which is an object`, params);
	}
	const { version, nodes, ...rest } = parseWith(graphSchema, json.value, '', null);
	if (version !== graphVersion) {
		const params = { version, known: graphVersion };
		throw new GraphError('version', `version ${version} is not known here; ${graphVersion} is`, params);
	}
	return { ...rest, name: plainName(rest.name), nodes: nodes.map(parseNode) };
}

function parseNode({ options, ...node }: v.InferOutput<typeof graphSchema>['nodes'][number]): GraphNode {
	checkKind(node.op, node.id);
	const parsed = parseWith(optionSchemas.get(node.op as Kind)!, options, 'options', node.id);
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
		const help = known.length === 0 ? '; there are none here' : asking(nearest);
		return new GraphError('unknownField', `there is no field ${quote(path)}${help}`, { path, nearest }, node);
	}
	if (issue.received === 'undefined') {
		return new GraphError('missingField', `the field ${quote(path)} is missing`, { path }, node);
	}
	if (issue.type === 'max_length') {
		const [count, max] = [String(issue.input).length, Number(issue.requirement)];
		const message = `${path} has ${count} characters, which is too many; at most ${max}`;
		return new GraphError('tooLongName', message, { path, count, max }, node);
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
