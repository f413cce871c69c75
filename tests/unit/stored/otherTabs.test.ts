import { afterEach, expect, it, vi } from 'vitest';
import { hearTabs, tellTabs } from '$lib/stored/otherTabs';
import { until } from '../until';

afterEach(() => void vi.unstubAllGlobals());

it('has others look again when something is kept or removed, and when they are come back to, until they end it', async () => {
	const page = new EventTarget();
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
	const [look, gone] = [vi.fn(), vi.fn()];
	const end = hearTabs(look);
	hearTabs(gone)();
	tellTabs();
	await until(() => look.mock.calls.length === 1);
	page.dispatchEvent(new Event('focus'));
	expect(look).toHaveBeenCalledTimes(2);
	end();
	page.dispatchEvent(new Event('focus'));
	expect([look.mock.calls.length, gone.mock.calls.length]).toEqual([2, 0]);
});
