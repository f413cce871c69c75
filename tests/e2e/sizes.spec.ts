import { readFileSync, writeFileSync } from 'node:fs';
import { scriptBytes } from '../../tools/scriptBytes';
import { alone as test, expect } from './site';

/** Kilobytes of script that each kind of page takes, measured; written anew by `npm run sizes`, so that growth is seen in review. */
const file = 'tests/e2e/sizes.json';
const measured = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
const updates = process.env.UPDATE_SIZES === '1';

test.describe.configure({ mode: updates ? 'serial' : 'parallel' });

/**
 * Kilobytes at most, by the beginning of the address: the longest that fits counts. Aims are 110 for operations, 90 for an embedded
 * figure, 130 for chapters, 150 for networks and 160 for the playground; half of a page's files are smaller than a kilobyte, and hardly
 * compress. The wall of threads is drawn in a worker, which brings what the page has too. Since then came operators for files of others,
 * d3's zoom and formats, what opens a dropped file, and on the page of compression the integers (128 without), and in the playground what runs files on their own integers: these are to go down again.
 */
const budgets: Readonly<Record<string, number>> = {
	'': 138,
	'/ops/': 157,
	'/embed/': 111,
	'/learn': 265,
	'/networks': 186,
	'/compare': 170,
	'/convolutions': 147,
	'/blocks': 159,
	'/playground': 209,
	'/compression': 170,
	'/train': 170
};

/**
 * Kilobytes that a page may be off its measure. Names of files stand in each other and are others with each commit, and so is how well
 * they compress: for the same sources 108.7 and 110.1 were measured, and 209.0 and 210.1.
 */
const byChance = (kilobytes: number) => 1 + kilobytes / 100;

function budgetOf(address: string): number {
	const [longest] = Object.keys(budgets)
		.filter((start) => address.slice('/en'.length).startsWith(start))
		.sort((a, b) => b.length - a.length);
	return budgets[longest!]!;
}

for (const [address, kilobytes] of Object.entries(measured)) {
	test(`${address} takes no more script than ${file} says, and that is within its budget`, async ({
		page
	}) => {
		const now = Number(((await scriptBytes(page, address)) / 1024).toFixed(1));
		if (updates) {
			measured[address] = now;
			writeFileSync(file, `${JSON.stringify(measured, null, '\t')}\n`);
			// Who writes sizes anew is told now, and not by the next whole run.
			expect(now).toBeLessThanOrEqual(budgetOf(address));
			return;
		}
		expect(kilobytes).toBeLessThanOrEqual(budgetOf(address));
		expect(now).toBeLessThanOrEqual(kilobytes + byChance(kilobytes));
		expect(now).toBeGreaterThan(kilobytes / 2);
	});
}
