import { expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { parseGraph } from '$lib/nets';
import { cut, cutNames } from '$lib/viz/words/cut';
import { model, node, value } from './onnxFile';

/** A right-to-left override, an isolate that nothing ends, a mark, and a line end. */
const turned = '\u202Egnihton\u2067 \u200Fhere\n';

it('names from a file turn nothing round', async () => {
	const bytes = model({
		name: turned,
		nodes: [node('Re\u202Elu\u2066', ['x'], ['y'], [], turned)],
		inputs: [value('x', [1, 3, 4, 4])],
		outputs: [value('y', [1, 3, 4, 4])]
	});
	const labels = { name: 'labels.txt', bytes: new TextEncoder().encode('\u202Ecat\n\u2067dog\nbird') };
	const opened = await openFiles([{ name: 'a.onnx', bytes }, labels]);
	if (opened.kind !== 'model') throw new Error('no model');
	expect(opened.graph.name).toBe('gnihton here');
	expect(opened.graph.nodes[0]).toMatchObject({ op: 'opaque', options: { type: 'Relu' } });
	expect(JSON.stringify(opened.graph)).not.toMatch(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
	// A name of nothing else is the file's.
	const none = await openFiles([
		{
			name: '\u202Eb.onnx',
			bytes: model({
				...{ name: '\u202E' },
				nodes: [node('Relu', ['x'], ['y'], [])],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('y', null)]
			})
		}
	]);
	expect(none).toMatchObject({ graph: { name: 'b.onnx' } });
});

it('a graph’s name in JSON turns nothing round', () => {
	const text = JSON.stringify({
		...{ version: 1, name: turned, inputs: [{ id: 'x', shape: [1, 1, 1] }], output: 'r' },
		nodes: [{ id: 'r', op: 'relu', inputs: ['x'] }]
	});
	expect(parseGraph(text).name).toBe('gnihton here');
});

it('a name in a sentence stands by itself where it is written from right to left', () => {
	expect(cut(turned)).toBe('gnihton here');
	expect(cut('רשת.onnx')).toBe('\u2068רשת.onnx\u2069');
	expect(cut(`${'א'.repeat(130)}\u202E`)).toBe(`\u2068${'א'.repeat(119)}…\u2069`);
	expect(cutNames(['שלום', 'b.onnx'])).toBe('\u2068שלום\u2069, b.onnx');
	expect(cut('网络.onnx')).toBe('网络.onnx');
});
