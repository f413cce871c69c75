import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseCard } from '../../../src/lib/engine/card';
import { checkoutWithSet, tiny, tinyCard } from './checkout';
import { runTool } from './command';

const root = checkoutWithSet();
const file = join(root, 'static/weights', tiny.id, 'card.json');
afterAll(() => rmSync(root, { recursive: true }));

it('npm run accuracy -- SET --data DIR writes what the engine reaches into the card, and leaves the rest', async () => {
	const { code, out, err } = await runTool('accuracy.ts', [tiny.id, '--data', 'data'], { cwd: root });
	expect([code, err]).toEqual([0, '']);
	const { engineAccuracy, ...said } = JSON.parse(out);
	expect(said).toEqual({ set: tiny.id, pictures: 2, accuracy: 0.5 });
	expect([0, 0.5, 1]).toContain(engineAccuracy);
	expect(parseCard(readFileSync(file, 'utf8'))).toEqual({ ...tinyCard, engineAccuracy });
});

it.each([
	[['nothing', '--data', 'data'], 'accuracy: name one of the sets of static/weights that have a card.json'],
	[[tiny.id], 'accuracy: --data names the folder that has test/'],
	[[tiny.id, '--data', 'nowhere'], 'accuracy: nowhere/test is not there; expected a folder for each class']
])('%j: one line on standard error, exit code 2', async (words, line) => {
	expect(await runTool('accuracy.ts', words, { cwd: root })).toEqual({ code: 2, out: '', err: `${line}\n` });
});
