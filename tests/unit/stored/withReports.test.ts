import { expect, it, vi } from 'vitest';
import { withReports } from '$lib/stored/withReports';

it.each([
	['answered', () => Promise.resolve('made')],
	['failed', () => Promise.reject(new Error('no'))]
])('passes reports on until the call has %s', async (_, end) => {
	const told = vi.fn<(done: number, total: number) => void>();
	let late = (_done: number, _total: number) => {};
	const call = withReports(told, (report) => {
		late = report;
		report(1, 2);
		return end();
	});
	await call.catch(() => {});
	late(2, 2);
	expect(told.mock.calls).toEqual([[1, 2]]);
});

it('needs no one to tell', async () => {
	expect(
		await withReports<[number], number>(undefined, async (report) => {
			report(1);
			return 3;
		})
	).toBe(3);
});
