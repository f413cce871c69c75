import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computedKinds, operatorOf } from '$lib/ops';
import { answerText } from '../../../tools/opAnswer';
import { casesOf } from '../ops/cases';
import { runInShell, runTool } from './command';

/** Runs the command line as a person would, with arguments or with standard input. */
const op = (words: readonly string[], stdin = '') => runTool('op.ts', words, { stdin });

const x = { shape: [2, 2, 2], data: [1, 10, 2, 20, 3, 30, 4, 40] };
const nine = { shape: [3, 3, 1], data: [1, 2, 3, 4, 5, 6, 7, 8, 9] };

describe('npm run op', () => {
	it('answers the JSON in its argument', async () => {
		// 1·1 + 2·2 + 4·3 + 5·4 + 100 = 137, and so on; 4 weights and a bias; 4 values of 4 taps
		const request = { op: 'conv2d', x: nine, w: { shape: [2, 2, 1, 1], data: [1, 2, 3, 4] }, bias: [100] };
		const { code, out, err } = await op([JSON.stringify(request)]);
		expect({ code, err }).toEqual({ code: 0, err: '' });
		expect(JSON.parse(out)).toEqual({
			y: { shape: [2, 2, 1], data: [137, 147, 167, 177] },
			params: 5,
			macs: 16
		});
	});

	it('reads a pipe that is slow and large, and ends quietly where nobody listens', async () => {
		const data = Array.from({ length: 100_000 }, () => 1);
		const request = { op: 'maxPool', x: { shape: [100, 1000, 1], data }, kernelSize: 1 };
		const run = (after: string) =>
			runInShell('op.ts', (command) => `(sleep 0.3; cat) | ${command} ${after}`, JSON.stringify(request));
		const { out, err } = await run('');
		expect(err).toBe('');
		expect(JSON.parse(out)).toMatchObject({ y: { shape: [100, 1000, 1] } });
		expect(await run('| head -c 1')).toMatchObject({ out: '{', err: '' });
	});

	it.skipIf(!existsSync('/dev/full'))(
		'says in a line why it could not write its answer (needs /dev/full)',
		async () => {
			const request = JSON.stringify({ op: 'relu', x: { shape: [1, 1, 2], data: [1, -2] } });
			const { code, err } = await runInShell('op.ts', (command) => `${command} > /dev/full`, request);
			expect(code).toBe(2);
			expect(err).toMatch(/^op: the answer could not be written: ENOSPC[^\n]*\n$/);
		}
	);

	it('answers a list on standard input with a list', async () => {
		const list = [
			// Pairs, asymmetric padding: the rows of 1 2 3 / 4 5 6 / 7 8 9 with a zero before, a kernel 1×2 of ones
			{
				op: 'conv2d',
				x: nine,
				w: { shape: [1, 2, 1, 1], data: [1, 1] },
				stride: [2, 1],
				dilation: [1, 2],
				padding: { top: 0, bottom: 0, left: 1, right: 0 },
				groups: 1
			},
			// Two channels in two groups: 1 · channel 0, 2 · channel 1
			{ op: 'conv2d', x, w: { shape: [1, 1, 1, 2], data: [1, 2] }, groups: 2, bias: null },
			// Output channel c · 2 + m: 1 and 2 times channel 0, 3 and 4 times channel 1
			{
				op: 'depthwiseConv2d',
				x,
				w: { shape: [1, 1, 2, 2], data: [1, 2, 3, 4] },
				stride: 2,
				bias: [0, 0, 0, 5]
			},
			{ op: 'channelShuffle', x: { shape: [1, 1, 6], data: [0, 1, 2, 3, 4, 5] }, groups: 2 },
			{ op: 'maxPool', x: nine, kernelSize: 2, stride: 2, ceil: true },
			{ op: 'avgPool', x: nine, kernelSize: [1, 3], padding: 'same' },
			{ op: 'avgPool', x: nine, kernelSize: 2, stride: 3, padding: 1, countPadding: true }
		];
		const { code, out } = await op([], JSON.stringify(list));
		expect(code).toBe(0);
		expect(JSON.parse(out)).toEqual([
			// Windows start at -1 and 0, their taps 2 apart: 0 + 2, 1 + 3; 0 + 8, 7 + 9
			{ y: { shape: [2, 2, 1], data: [2, 4, 8, 16] }, params: 2, macs: 8 },
			{ y: { shape: [2, 2, 2], data: [1, 20, 2, 40, 3, 60, 4, 80] }, params: 2, macs: 8 },
			{ y: { shape: [1, 1, 4], data: [1, 2, 30, 45] }, params: 8, macs: 4 },
			{ y: { shape: [1, 1, 6], data: [0, 3, 1, 4, 2, 5] }, params: 0, macs: 0 },
			{ y: { shape: [2, 2, 1], data: [5, 6, 8, 9] }, params: 0, macs: 0 },
			// Stride 3 as the kernel's second size, 1 as its first
			{ y: { shape: [3, 1, 1], data: [2, 5, 8] }, params: 0, macs: 0 },
			// The windows of rows and columns -1, 0 and 2, 3: a corner each, over 4
			{ y: { shape: [2, 2, 1], data: [0.25, 0.75, 1.75, 2.25] }, params: 0, macs: 0 }
		]);
	});

	it.each([
		['not JSON', ['{"op": '], /^op: not JSON: .*\n$/],
		[
			'a line break',
			['{"op": "conv\\n2d"}'],
			/^op: op = "conv 2d" is not one of "conv2d", "depthwiseConv2d", .*\n$/
		],
		['what would change the terminal', ['\u001b[31m{'], /^op: not JSON: \P{Cc}*\n$/u],
		[
			'what does not divide',
			[JSON.stringify({ op: 'channelShuffle', x, groups: 3 })],
			'op: groups = 3 does not divide inChannels = 2; 1 or 2 would\n'
		],
		['several arguments', ['{"op":', '"x"}'], 'op: takes one argument; put the JSON in quotation marks\n']
	])('given %s, writes one line and exits with 2', async (_, args, line) => {
		const { code, out, err } = await op(args);
		expect({ code, out }).toEqual({ code: 2, out: '' });
		expect(err).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
	});
});

describe('answerText(text) says what is wrong with', () => {
	const w = { shape: [1, 1, 2, 1], data: [1, 1] };
	it.each([
		['not JSON', '{"op": ', /^not JSON: /],
		['no object', 'null', 'the request = null is not an object'],
		['no operator', {}, 'op is missing'],
		[
			'an unknown operator',
			{ op: 'conv3d' },
			/^op = "conv3d" is not one of "conv2d", "depthwiseConv2d", "channelShuffle", "maxPool", "avgPool", "transposedConv2d", /
		],
		['no input', { op: 'conv2d', w }, 'x is missing'],
		['an unknown option', { op: 'conv2d', x, w, strides: 2 }, 'strides is no option of the operator'],
		[
			'a shape of two numbers',
			{ op: 'conv2d', x: { shape: [2, 2], data: [1, 2, 3, 4] }, w },
			'x.shape is not [height, width, channels] in whole numbers of at least 1'
		],
		[
			'too few values',
			{ op: 'conv2d', x: { ...x, data: [1, 2, 3] }, w },
			'x has 3 values as data; its shape [2, 2, 2] takes 8'
		],
		[
			'a value that is no number',
			{ op: 'conv2d', x, w: { ...w, data: [1, null] } },
			'w.data[1] = null is not a number'
		],
		[
			'infinity',
			'{"op": "channelShuffle", "x": {"shape": [1, 1, 1], "data": [1e999]}, "groups": 1}',
			'x.data[0] is beyond the range of numbers'
		],
		[
			'a kernel for other channels',
			{ op: 'conv2d', x, w: { shape: [1, 1, 1, 1], data: [1] } },
			'w has the shape [1, 1, 1, 1]; [1, 1, 2, 1] would fit'
		],
		[
			'a depthwise kernel for other channels',
			{ op: 'depthwiseConv2d', x, w: { shape: [1, 1, 1, 1], data: [1] } },
			'w.shape[2] = 1 is not inChannels = 2'
		],
		['a bias too many', { op: 'conv2d', x, w, bias: [1, 2] }, 'bias has the shape [2]; [1] would fit'],
		[
			'groups that do not divide, in a list',
			[
				{ op: 'channelShuffle', x, groups: 1 },
				{ op: 'channelShuffle', x, groups: 3 }
			],
			'[1] groups = 3 does not divide inChannels = 2; 1 or 2 would'
		],
		[
			'an output beyond measure',
			{ op: 'conv2d', x, w, padding: 100_000 },
			'y would have the shape [200002, 200002, 1], more than 67108864 values'
		],
		[
			'an overflow',
			{ op: 'conv2d', x, w: { ...w, data: [1e308, 1e308] } },
			'y has values beyond the range of numbers'
		]
	])('%s', (_, request, sentence) => {
		const text = typeof request === 'string' ? request : JSON.stringify(request);
		const answer = () => {
			try {
				return answerText(text);
			} catch (error) {
				return (error as Error).message;
			}
		};
		expect(answer()).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
	});
});

describe('answerText(text) runs', () => {
	it.each(computedKinds)('%s as the operator does', (kind) => {
		fc.assert(
			fc.property(casesOf(kind), ({ options, inputs, weights, g }) => {
				const plain = (of: { readonly shape: readonly number[]; readonly data: Float64Array }) => ({
					...{ shape: of.shape, data: [...of.data] }
				});
				const { kernel, ...rest } = weights;
				// What the kernel says is not said twice.
				const { outChannels: _, bias: __, kernelSize: ___, ...told } = options;
				const request = {
					...{ op: kind, ...(kernel ? told : options) },
					...(['add', 'multiply', 'concat', 'concatPlaces'].includes(kind)
						? { inputs: inputs.map(plain) }
						: { x: plain(inputs[0]!) }),
					...(kernel && { w: plain(kernel) }),
					...Object.fromEntries(Object.entries(rest).map(([name, { data }]) => [name, [...data]]))
				};
				const answer = JSON.parse(answerText(JSON.stringify(request))) as Record<string, unknown>;
				const ys = operatorOf(kind).run(inputs, weights, g).map(plain);
				expect(answer['ys'] ?? [answer['y']]).toEqual(JSON.parse(JSON.stringify(ys)));
			}),
			{ numRuns: 20 }
		);
	});

	it.each([
		['a weight that is missing', { op: 'prelu', x: nine }, 'alpha is missing'],
		['one that it has not', { op: 'relu', x: nine, gamma: [1] }, 'gamma is no option of the operator'],
		['one of another length', { op: 'prelu', x: nine, alpha: [1, 2] }, 'alpha has 2 values; [1] would fit'],
		['a kernel that is missing', { op: 'dense', x: nine }, 'w is missing, or has no shape'],
		['a single input of a join', { op: 'concat', x: nine }, 'inputs is missing']
	])('and says what is wrong with %s', (_, request, sentence) =>
		expect(() => answerText(JSON.stringify(request))).toThrow(sentence)
	);
});
