import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as done from '../../../../src/routes/[lang=lang]/(site)/compression/done';
import { stubCaches } from '../../caches';
import { stubStorage } from '../../storage';

beforeEach(() => {
	stubStorage('sessionStorage');
	stubCaches();
});
afterEach(() => void vi.unstubAllGlobals());

/** The module as a page that is loaded anew has it. */
async function loaded(): Promise<typeof done> {
	vi.resetModules();
	return import('../../../../src/routes/[lang=lang]/(site)/compression/done');
}

const spread = { median: 2, low: 1, high: 3, count: 9 };
const timed = { times: { integers: spread, float32: spread }, pace: 'same', threads: 2 } as const;

it('has what was done where the page is loaded anew, and while the tab goes on', async () => {
	const page = await loaded();
	const nothing = { asked: null, compared: null, pictures: [], times: {} };
	expect(await page.doneBefore()).toEqual(nothing);
	const compared = page.subjectOf({ set: { id: 'a' }, settings: { prune: 40, bits: 5 } } as never);
	await page.noteDone({ asked: 'a', compared, pictures: [new File(['mine'], 'mine.png')] });
	await page.noteDone({ times: { a: timed } });
	expect(await page.doneBefore()).toMatchObject({ asked: 'a', compared });
	const there = await (await loaded()).doneBefore();
	expect(there).toMatchObject({ asked: 'a', compared, times: { a: timed } });
	expect([there.pictures[0]!.name, await there.pictures[0]!.text()]).toEqual(['mine.png', 'mine']);
});

it('has nothing of what was cancelled, or cannot be read', async () => {
	const page = await loaded();
	await page.noteDone({ asked: 'a' });
	await page.noteDone({ asked: null });
	expect(sessionStorage.getItem('carried')).toBeNull();
	await page.noteDone({ asked: 'a', times: { a: timed } });
	sessionStorage.setItem('carried', sessionStorage.getItem('carried')!.replace('"pace"', '"other"'));
	expect((await (await loaded()).doneBefore()).asked).toBeNull();
});
