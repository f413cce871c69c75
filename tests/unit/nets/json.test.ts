import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatGraph, GraphError, networkIds, networks, parseGraph, resolveGraph } from '$lib/nets';
import { tinyGraph } from './graphs';

/** JSON of the tiny graph with a change made to its first node. */
function tinyJson(
	change: (json: { nodes: Record<string, unknown>[] } & Record<string, unknown>) => void
): string {
	const json = JSON.parse(formatGraph(tinyGraph()));
	change(json);
	return JSON.stringify(json);
}

describe('parseGraph(formatGraph(graph))', () => {
	it.each(networkIds)('is exactly the graph of %s', (id) => {
		const graph = networks[id].build();
		expect(parseGraph(formatGraph(graph))).toStrictEqual(graph);
	});
});

describe('parseGraph(text)', () => {
	it('takes a graph without options and blocks where there are none', () => {
		const text =
			'{"version":1,"name":"n","inputs":[{"id":"input","shape":[2,2,1]}],"nodes":[{"id":"r","op":"relu","inputs":["input"]}],"output":"r"}';
		expect(resolveGraph(parseGraph(text)).output.shape).toEqual([2, 2, 1]);
	});

	it.each<[string, string, string, RegExp]>([
		['what is no JSON', '{"version":', 'json', /^this is not JSON: /],
		[
			'a text that is too long',
			' '.repeat(2_000_001),
			'tooLong',
			/^the text has more than 2000000 characters$/
		],
		['another kind of value', '7', 'field', /^this is a value and no graph, which is an object$/],
		[
			'a later version',
			tinyJson((g) => (g['version'] = 2)),
			'version',
			/^version 2 is not known here; 1 is$/
		],
		[
			'a missing field',
			tinyJson((g) => delete g['output']),
			'missingField',
			/^the field "output" is missing$/
		],
		[
			'an unknown field of the graph',
			tinyJson((g) => (g['outputs'] = [])),
			'unknownField',
			/^there is no field "outputs"; did you mean output\?$/
		],
		[
			'an unknown field of a node',
			tinyJson((g) => (g.nodes[0]!['input'] = 'x')),
			'unknownField',
			/^there is no field "nodes\.0\.input"; did you mean inputs\?$/
		],
		[
			'an unknown option',
			tinyJson((g) => (g.nodes[0]!['options'] = { outChannels: 4, kernelSize: 3, strides: 2 })),
			'unknownField',
			/^conv: there is no field "options\.strides"; did you mean stride\?$/
		],
		[
			'an option where there is none',
			tinyJson((g) => (g.nodes[1]!['options'] = { max: 6 })),
			'unknownField',
			/^relu: there is no field "options\.max"; there are none here$/
		],
		[
			'an option of the wrong type',
			tinyJson((g) => (g.nodes[0]!['options'] = { outChannels: 4, kernelSize: '3x3' })),
			'field',
			/^conv: options\.kernelSize is "3x3"; expected \(number \| Array\)$/
		],
		[
			'an operator that is not known',
			tinyJson((g) => (g.nodes[0]!['op'] = 'constructor')),
			'unknownOp',
			/^conv: there is no operator "constructor"; did you mean /
		],
		[
			'a shape that is none',
			tinyJson((g) => (g['inputs'] = [{ id: 'input', shape: [8, 0, 2] }])),
			'field',
			/^inputs\.0\.shape\.1 is 0; expected >=1$/
		]
	])('refuses %s, with a sentence', (_, text, code, message) => {
		expect(() => parseGraph(text)).toThrow(message);
		expect(() => parseGraph(text)).toThrow(expect.objectContaining({ code }));
	});

	it('answers any text with a graph or a sentence', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
				expect(() => parseGraph(text)).toThrow(GraphError);
			}),
			{ numRuns: 500 }
		);
	});

	it('answers a graph with anything anywhere with a graph or a sentence', () => {
		const original = JSON.parse(formatGraph(networks['fire-module'].build()));
		const places = pathsIn(original);
		const value = fc.oneof(
			fc.jsonValue({ maxDepth: 2 }),
			fc.double(),
			fc.constantFrom(1e15, -1, 0, 0.5, 4096, 'conv', 'input')
		);
		fc.assert(
			fc.property(fc.constantFrom(...places), value, (place, changed) => {
				const json = structuredClone(original);
				const parent = place.slice(0, -1).reduce((at, key) => at[key], json);
				parent[place.at(-1)!] = changed;
				try {
					resolveGraph(parseGraph(JSON.stringify(json)));
				} catch (error) {
					expect(error).toBeInstanceOf(GraphError);
					expect((error as GraphError).message).toMatch(/\S+ \S+/);
				}
			}),
			{ numRuns: 2000 }
		);
	});
});

/** Paths to every value of a JSON document. */
function pathsIn(value: unknown, at: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [at];
	const below = Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...at, key]));
	return at.length === 0 ? below : [at, ...below];
}
