import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { addStored, spreadsOf } from '$lib/viz/figures/latency/storedTimes';
import { parseStored } from '$lib/viz/figures/latency/parseStoredTimes';

const on = { backend: 'wasm', threads: 2 } as const;
const stored = addStored(addStored(null, on, 'mobilenet', [40, 42, 41]), on, 'squeezenet', [80]);

it('reads what was written', () => expect(parseStored(JSON.stringify(stored))).toEqual(stored));

it('keeps the last runs of a network, and lets go what ran on something else', () => {
	expect(addStored(stored, on, 'mobilenet', [7]).runs).toEqual({ mobilenet: [7], squeezenet: [80] });
	expect(addStored(stored, { ...on, threads: 1 }, 'xception', [7]).runs).toEqual({ xception: [7] });
});

it('has a spread for each network', () =>
	expect(spreadsOf(stored).get('mobilenet')).toEqual({ median: 41, low: 40.5, high: 41.5, count: 3 }));

it.each([
	'',
	'no JSON',
	'[]',
	'{"on":{"backend":"wasm","threads":2}}',
	'{"on":{"backend":"no name","threads":2},"runs":{}}',
	'{"on":{"backend":"wasm","threads":0},"runs":{}}',
	'{"on":{"backend":"wasm","threads":2},"runs":{"mobilenet":[]}}',
	'{"on":{"backend":"wasm","threads":2},"runs":{"mobilenet":[-1]}}',
	'{"on":{"backend":"wasm","threads":2},"runs":{"mobilenet":["1"]}}',
	'{"on":{"backend":"wasm","threads":2},"runs":{"<b>":[1]}}'
])('does not believe %s', (text) => expect(parseStored(text)).toBeNull());

it('reads anything without throwing', () =>
	fc.assert(fc.property(fc.json(), (text) => void parseStored(text))));

it('takes the ids of all networks of the chart', () => {
	for (const { id } of catalogue('en').models)
		expect(parseStored(JSON.stringify(addStored(null, on, id, [1])))).not.toBeNull();
});
