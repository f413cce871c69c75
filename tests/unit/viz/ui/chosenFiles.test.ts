import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chosenFiles } from '$lib/viz/ui/chosenFiles';

/** An input for files that holds some already. */
function inputWith(...names: readonly string[]): HTMLInputElement {
	const input = new EventTarget() as HTMLInputElement;
	const hold = (of: readonly string[]) =>
		Object.assign(input, { files: of.map((name) => new File([], name)) });
	hold(names);
	// As a browser does: what it shows is emptied with what it holds.
	Object.defineProperty(input, 'value', { set: (value: string) => value === '' && hold([]) });
	return input;
}

const next = () => new Promise<void>((done) => queueMicrotask(done));

it('what was chosen before the page came alive is taken, once', async () => {
	const taken: string[] = [];
	const input = inputWith('a.onnx', 'b.bin');
	const end = chosenFiles((files) => taken.push(...files.map(({ name }) => name)))(input);
	await next();
	expect(taken).toEqual(['a.onnx', 'b.bin']);
	input.dispatchEvent(new Event('change'));
	expect(taken).toHaveLength(2);
	Object.assign(input, { files: [new File([], 'c.onnx')] });
	input.dispatchEvent(new Event('change'));
	expect(taken.at(-1)).toBe('c.onnx');
	end();
	Object.assign(input, { files: [new File([], 'd.onnx')] });
	input.dispatchEvent(new Event('change'));
	expect(taken.at(-1)).toBe('c.onnx');
});

it('nothing is taken by what is gone again, nor where nothing was chosen', async () => {
	const taken: unknown[] = [];
	chosenFiles((files) => taken.push(files))(inputWith('a.onnx'))();
	chosenFiles((files) => taken.push(files))(inputWith());
	await next();
	expect(taken).toEqual([]);
});

it('every input for files takes what was chosen early', () => {
	const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.svelte')
	);
	const inputs = files.flatMap((file) =>
		Array.from(
			readFileSync(join('src', file), 'utf8').matchAll(/<input[^>]*type="file"[\s\S]*?\/>/g),
			([tag]) => ({
				file,
				takes: tag.includes('{@attach chosenFiles(')
			})
		)
	);
	expect(inputs.length).toBeGreaterThanOrEqual(8);
	expect(inputs.filter(({ takes }) => !takes)).toEqual([]);
});
