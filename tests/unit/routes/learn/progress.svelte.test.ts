import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stubStorage } from '../../storage';
import { Progress } from '../../../../src/routes/[lang=lang]/(site)/learn/progress.svelte';

let items: Map<string, string>;
let storage: { isFull: boolean };
beforeEach(() => void ({ items, storage } = stubStorage()));
afterEach(() => void vi.unstubAllGlobals());

const loaded = () => {
	const progress = new Progress();
	progress.load();
	return progress;
};

describe('Progress', () => {
	it('keeps what was read to its end, once, and forgets it', () => {
		const progress = loaded();
		progress.finish('convolution');
		progress.finish('convolution');
		expect(items.get('lessons')).toBe('["convolution"]');
		expect(loaded().read).toEqual(['convolution']);
		progress.forget();
		expect([progress.read, items.size]).toEqual([[], 0]);
	});

	it('adds to what another tab has kept meanwhile', () => {
		const [one, other] = [loaded(), loaded()];
		one.finish('convolution');
		other.finish('mobilenet');
		expect(other.read).toEqual(['convolution', 'mobilenet']);
	});

	it.each([
		['{', []],
		['{"a":1}', []],
		['"convolution"', []],
		['[1,null,"<b>","Convolution","convolution","convolution"]', ['convolution']]
	])('takes of a broken record %s what it can be: %j', (text, read) => {
		items.set('lessons', text);
		expect(loaded().read).toEqual(read);
	});

	it('reads no more than there could be lessons', () => {
		items.set('lessons', JSON.stringify(Array.from({ length: 999 }, (_, i) => `lesson-${i}`)));
		expect(loaded().read).toHaveLength(50);
	});

	it('goes on where the browser keeps nothing, and says so', () => {
		const said: string[] = [];
		vi.stubGlobal('dispatchEvent', ({ type }: Event) => said.push(type));
		storage.isFull = true;
		loaded().finish('xception');
		expect([loaded().read, said]).toEqual([['xception'], ['lightnets:unkept']]);
		storage.isFull = false;
		loaded().forget();
	});
});
