import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseCard } from '../../../src/lib/engine/card';
import { compressionSteps } from '../../../src/lib/nets/compression/layer';
import { checkoutWithSet, tiny, tinyCard } from './checkout';
import { runTool } from './command';

const root = checkoutWithSet();
const compress = (...words: string[]) => runTool('compress.ts', words, { cwd: root });
const card = () => parseCard(readFileSync(join(root, 'static/weights', tiny.id, 'card.json'), 'utf8'));
afterAll(() => rmSync(root, { recursive: true }));

it('npm run compress -- SET prints the bytes after each step, of each layer and of all', async () => {
	const { code, out, err } = await compress(tiny.id, '--prune', '0.5', '--bits', '4');
	expect([code, err]).toEqual([0, '']);
	const { steps, layers, rest, ...head } = JSON.parse(out);
	expect(head).toMatchObject({ set: tiny.id, prune: 0.5, bits: 4, gapBits: 4 });
	expect(steps.map(({ step }: { step: string }) => step)).toEqual(compressionSteps);
	for (const { step, bytes } of steps)
		expect(bytes).toBe(
			layers.reduce(
				(sum: number, layer: { bytes: Record<string, number> }) => sum + layer.bytes[step]!,
				rest.bytes[step]
			)
		);
	// Filters of few channels keep all weights.
	expect(layers.slice(0, 3)).toMatchObject([
		{ layer: 'conv1', shape: [3, 3, 3, 8], weights: 216, stored: 216 },
		{ layer: 'conv_dw_1', shape: [3, 3, 1, 8], weights: 72, stored: 72 },
		{ layer: 'conv_pw_1', shape: [1, 1, 8, 16], weights: 128, stored: 64 }
	]);
	expect(card()).toEqual(tinyCard);
});

it('with --data it measures the accuracy after each step, and --save keeps it in the card', async () => {
	const { code, out, err } = await compress(tiny.id, '--data', 'data', '--save');
	expect([code, err]).toEqual([0, '']);
	const { steps, prune, bits, gapBits, pictures } = JSON.parse(out);
	expect(pictures).toBe(2);
	for (const { accuracy } of steps) expect([0, 0.5, 1]).toContain(accuracy);
	expect(card()).toEqual({ ...tinyCard, compression: { pictures, prune, bits, gapBits, steps } });
});

it.each([
	[[], 'compress: name one set: npm run compress -- SET [--prune 0.4] [--bits 5] [--data DIR]'],
	[
		['nothing'],
		'compress: static/weights/nothing has no set.json; npm run train and npm run weights store sets there'
	],
	[[tiny.id, '--prune', '1.2'], 'compress: --prune is 1.2, expected a number from 0 to 1'],
	[[tiny.id, '--bits', '2.5'], 'compress: --bits is 2.5, expected a whole number from 1 to 8'],
	[[tiny.id, '--save'], 'compress: --save needs --data'],
	[[tiny.id, '--data', 'nowhere'], 'compress: nowhere/test is not there; expected a folder for each class']
])('%j: one line on standard error, exit code 2', async (words, line) => {
	expect(await compress(...words)).toEqual({ code: 2, out: '', err: `${line}\n` });
});
