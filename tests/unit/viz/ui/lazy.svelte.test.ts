import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lazy } from '$lib/viz/ui/lazy.svelte';
import { until } from '../../until';

/** An element of a kind. */
class Control {
	readonly #kind: string;
	constructor(kind: string) {
		this.#kind = kind;
	}
	matches(kinds: string): boolean {
		return kinds.split(', ').includes(this.#kind);
	}
}

/** What the page hears, as a browser would tell it. */
let page: EventTarget;
beforeEach(() => {
	page = new EventTarget();
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
	vi.stubGlobal('window', { requestIdleCallback: true });
	vi.stubGlobal('requestIdleCallback', (then: () => void) => setTimeout(then));
});
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

	describe('by keyboard', () => {
		const press = (key: string) => page.dispatchEvent(Object.assign(new Event('keydown'), { key }));
		const focus = (kind: string) => {
			const event = new Event('focusin');
			Object.defineProperty(event, 'target', { value: new Control(kind) });
			page.dispatchEvent(event);
		};
		/** All of which the browser has had time for. */
		const idle = () => new Promise<void>((done) => requestIdleCallback(() => done()));
		beforeEach(() => {
			vi.stubGlobal('Element', Control);
			vi.stubGlobal(
				'IntersectionObserver',
				class {
					observe() {}
					disconnect() {}
				}
			);
		});
		const waiting = () => {
			const lazy = new Lazy(async () => ({ default: 'view' }));
			return { lazy, end: lazy.whenSeen({} as Element) };
		};

		it('loads once a control is focused, which Tab may lead on from, and not for a link that leads away', async () => {
			const { lazy } = waiting();
			focus('a');
			press('ArrowDown');
			await idle();
			expect(lazy.view).toBeUndefined();
			focus('button');
			await until(() => lazy.view === 'view');
		});

		it('loads nothing for an element that is gone', async () => {
			const { lazy, end } = waiting();
			focus('button');
			end?.();
			await idle();
			await idle();
			expect(lazy.view).toBeUndefined();
		});

		it('loads at the first Tab, and from then on what comes later as well', async () => {
			const { lazy } = waiting();
			press('Tab');
			await until(() => lazy.view === 'view');
			const { lazy: later } = waiting();
			await until(() => later.view === 'view');
		});
	});
});
