import { afterEach, describe, expect, it, vi } from 'vitest';
import { Lazy } from '$lib/viz/ui/lazy.svelte';
import { until } from '../../until';

afterEach(() => void vi.unstubAllGlobals());

describe('Lazy', () => {
	it('loads its component once, however often it is asked for', async () => {
		const load = vi.fn(async () => ({ default: 'view' }));
		const lazy = new Lazy(load);
		expect([lazy.view, load.mock.calls.length]).toEqual([undefined, 0]);
		await Promise.all([lazy.load(), lazy.load()]);
		await lazy.load();
		expect([lazy.view, load.mock.calls.length]).toEqual(['view', 1]);
	});

	it('says that a part did not load, and tries again when it is asked for again', async () => {
		const said: string[] = [];
		vi.stubGlobal('dispatchEvent', ({ type }: Event) => said.push(type));
		let isCut = true;
		const lazy = new Lazy(async () => {
			if (isCut) throw new TypeError('Failed to fetch dynamically imported module: x.js');
			return { default: 'view' };
		});
		await lazy.load();
		expect([lazy.view, said]).toEqual([undefined, ['lightnets:unloaded']]);
		isCut = false;
		await lazy.load();
		expect(lazy.view).toBe('view');
	});

	it('loads when its element is seen, and looks no more once that is gone', async () => {
		let tell!: (moments: readonly { isIntersecting: boolean }[]) => void;
		const disconnect = vi.fn();
		vi.stubGlobal(
			'IntersectionObserver',
			class {
				observe = () => {};
				disconnect = disconnect;
				constructor(callback: typeof tell) {
					tell = callback;
				}
			}
		);
		const lazy = new Lazy(async () => ({ default: 'view' }));
		const end = lazy.whenSeen({} as Element);
		tell([{ isIntersecting: false }]);
		await Promise.resolve();
		expect(lazy.view).toBeUndefined();
		// A busy page is told several moments at once.
		tell([{ isIntersecting: true }, { isIntersecting: false }]);
		await until(() => lazy.view === 'view');
		end?.();
		expect(disconnect).toHaveBeenCalledOnce();
	});
});
