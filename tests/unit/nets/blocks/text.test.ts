import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveGraph } from '$lib/nets';
import {
	BlockError,
	blockLimits,
	buildBlock,
	buildNetwork,
	presets,
	readBlock,
	stackKnobs,
	writeBlock,
	writeBlockJson
} from '$lib/nets/blocks';
import { defaultKnobs } from '$lib/nets/knobs';
import { blocks } from './arbitrary';

/** What a call throws must be a sentence: a `BlockError` with words in it. */
function sentenceOf(call: () => unknown): string | null {
	try {
		call();
		return null;
	} catch (error) {
		if (!(error instanceof BlockError)) throw error;
		expect(error.message).toMatch(/\w+ \w+/);
		return error.code;
	}
}

describe('readBlock(writeBlock(spec))', () => {
	it('is the spec, as a line and as JSON', () => {
		fc.assert(
			fc.property(blocks, (spec) => {
				expect(readBlock(writeBlock(spec))).toEqual(spec);
				expect(readBlock(writeBlockJson(spec))).toEqual(spec);
			})
		);
	});

	it('writes what a reader can read', () => {
		expect(writeBlock(presets.fire.spec)).toBe('1.pwx1/8.relu.cat(pwx1/2.relu_std3x1/2.relu)');
		expect(writeBlock(presets['shuffle-unit'].spec)).toBe(
			'1.add(gc1g3x1/4.bn.relu.sh3.dw3.bn.gc1g3.bn_).relu'
		);
	});
});

describe('readBlock(text)', () => {
	it('gives a block or a sentence, whatever the text is', () => {
		const words = fc.array(
			fc.constantFrom(
				'1',
				'2',
				'.',
				'_',
				'(',
				')',
				'pw',
				'pwx1/8',
				'std3',
				'std4',
				'dw3s2',
				'gc1g3',
				'gc1',
				'sh3',
				'sh',
				'bn',
				'bn3',
				'relu',
				'add(',
				'cat(',
				'scat(',
				'max3',
				'foo',
				'__proto__',
				'x',
				's9'
			),
			{ maxLength: 30 }
		);
		const texts = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 80 }),
			words.map((parts) => parts.join('')),
			words.map((parts) => `1.${parts.join('.')}`),
			fc.json().map((json) => `{"version":1,"steps":${json}}`),
			fc.json()
		);
		fc.assert(
			fc.property(texts, (text) => {
				sentenceOf(() => readBlock(text));
			}),
			{ numRuns: 500 }
		);
	});

	it('gives a block or a sentence for a written block with one character changed', () => {
		const changed = fc.tuple(
			blocks,
			fc.nat(),
			fc.constantFrom('', '(', ')', '_', '9', 'x', '.'),
			fc.boolean()
		);
		fc.assert(
			fc.property(changed, ([spec, place, by, isJson]) => {
				const text = isJson ? writeBlockJson(spec) : writeBlock(spec);
				const at = place % text.length;
				sentenceOf(() => readBlock(text.slice(0, at) + by + text.slice(at + 1)));
			}),
			{ numRuns: 300 }
		);
	});

	it.each([
		['', 'empty'],
		['1', 'empty'],
		['pw', 'word'],
		['2.pw', 'version'],
		['1.poolwise', 'word'],
		['1.std4', 'field'],
		['1.pwx1/5', 'field'],
		['1.gc1', 'field'],
		['1.sh99', 'field'],
		['1.add(pw)', 'field'],
		['1.add(pw_', 'unclosed'],
		['1.pw)', 'unopened'],
		['1.add(add(add(pw_)_)_)', 'tooDeep'],
		['{"version":1,"steps":[{"op":"norm","eps":1}]}', 'field'],
		['{"version":1', 'json'],
		[`1.${'relu.'.repeat(41)}`, 'tooManySteps'],
		['x'.repeat(blockLimits.length + 1), 'tooLong']
	])('refuses %j: %s', (text, code) => {
		expect(sentenceOf(() => readBlock(text))).toBe(code);
	});

	it('says the nearest step', () => {
		expect(() => readBlock('1.dv3')).toThrow('there is no step "dv3"; did you mean dw3?');
	});
});

describe('buildBlock(spec, size) and buildNetwork(spec, knobs)', () => {
	const sizes = fc.record({
		size: fc.integer({ min: 1, max: 32 }),
		inChannels: fc.constantFrom(1, 8, 24, 30, 48, 100),
		outChannels: fc.constantFrom(1, 8, 24, 30, 48, 100)
	});

	it('give a graph or a sentence, with every step’s shape', () => {
		fc.assert(
			fc.property(blocks, sizes, (spec, size) => {
				sentenceOf(() => {
					const { net, shapes } = buildBlock('own', spec, size);
					expect(shapes.get(String(spec.length - 1))).toEqual(net.output.shape);
				});
			}),
			{ numRuns: 200 }
		);
	});

	it('halves the size in each stage, whatever the block', () => {
		const knobs = {
			...defaultKnobs(stackKnobs),
			repeats1: 1,
			repeats2: 2,
			repeats3: 1,
			width1: 48,
			width2: 96,
			width3: 96
		};
		fc.assert(
			fc.property(blocks, fc.constantFrom('stride', 'pool'), (spec, down) => {
				sentenceOf(() => {
					const net = resolveGraph(buildNetwork('own', spec, { ...knobs, down }));
					const before = net.byId.get('global_pool')!.inputs[0]!.shape[0];
					if (!writeBlock(spec).includes('s2')) expect(before).toBe(7);
				});
			}),
			{ numRuns: 60 }
		);
	});

	it.each([
		[
			'1.pwx1/8',
			{ inChannels: 8, outChannels: 20 },
			'1/8 of 20 channels is no whole number; the nearest widths that divide: 16, 24'
		],
		[
			'1.gc3g3',
			{ inChannels: 8, outChannels: 8 },
			'8 → 8 channels do not divide into 3 groups; these would do: 2, 4, 8'
		],
		[
			'1.scat(pw_)',
			{ inChannels: 9, outChannels: 8 },
			'9 channels cannot be split into 2 equal lanes; the nearest that can: 8, 10'
		],
		[
			'1.add(pw_)',
			{ inChannels: 8, outChannels: 16 },
			'lane 2 gives 8 channels and lane 1 16; to be added they need the same'
		],
		[
			'1.cat(dw3s2_)',
			{ inChannels: 8, outChannels: 8 },
			'lane 2 gives 8×8 and lane 1 4×4; to be joined they need the same size'
		]
	])('%s over %o: %s', (text, channels, sentence) => {
		const build = () => buildBlock('own', readBlock(text), { size: 8, ...channels });
		expect(build).toThrow(sentence);
	});

	it('names the stage that a block does not fit, and the nearest widths that it does', () => {
		const knobs = { ...defaultKnobs(stackKnobs), width2: 488 };
		expect(() => buildNetwork('own', presets['shuffle-unit'].spec, knobs)).toThrow(
			/^stage 2: .*; widths that fit: 480, 492$/
		);
	});

	it('gives the first block of a stage a shortcut of its own', () => {
		const net = resolveGraph(buildNetwork('own', presets['xception-middle'].spec, defaultKnobs(stackKnobs)));
		expect(net.byId.get('stage1/unit1/shortcut1')!.outputs[0]!.shape).toEqual([28, 28, 240]);
		expect(net.byId.has('stage1/unit2/shortcut1')).toBe(false);
	});
});
