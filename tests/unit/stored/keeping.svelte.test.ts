import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keeping } from '$lib/stored/keeping.svelte';
import { until } from '../until';

/** A worker of some version; what it was asked. */
function fakeWorker(version: string, state = 'activated', answer: unknown = null) {
	const asked: string[] = [];
	const worker = Object.assign(new EventTarget(), {
		state,
		postMessage({ kind }: { kind: string }, [port]: MessagePort[]) {
			asked.push(kind);
			port!.postMessage(kind === 'version' ? version : answer);
		}
	});
	return { worker, asked };
}

class FakeRegistration extends EventTarget {
	waiting: unknown = null;
	installing: unknown = null;
	readonly update = vi.fn(async () => {});
}

let registration: FakeRegistration;
let container: EventTarget & {
	controller: unknown;
	ready: Promise<unknown>;
	register: () => Promise<unknown>;
};
const reload = vi.fn();

beforeEach(() => {
	registration = new FakeRegistration();
	container = Object.assign(new EventTarget(), {
		controller: null as unknown,
		ready: new Promise(() => {}),
		register: async () => registration
	});
	const window = { requestIdleCallback: (then: () => void) => then() };
	vi.stubGlobal('window', Object.assign(window, { top: window }));
	vi.stubGlobal('requestIdleCallback', window.requestIdleCallback);
	vi.stubGlobal('navigator', { serviceWorker: container });
	vi.stubGlobal('document', { readyState: 'complete' });
	vi.stubGlobal('location', { href: 'https://here/en', origin: 'https://here', reload });
	vi.stubGlobal('removeEventListener', () => {});
	reload.mockClear();
});
afterEach(() => vi.unstubAllGlobals());

describe('Keeping', () => {
	it('keeps nothing in frames, nor where the browser has or allows no service workers', async () => {
		const { window } = globalThis;
		vi.stubGlobal('window', { top: {} });
		const framed = new Keeping('worker.js', '1');
		framed.start();
		expect(framed.isRefused).toBe(true);
		vi.stubGlobal('window', window);

		// Of old browsers, of extensions that take them away, and of sandboxes.
		const sandboxed = Object.defineProperty({}, 'serviceWorker', {
			get: () => {
				throw new DOMException('no origin', 'SecurityError');
			}
		});
		for (const navigator of [{}, { serviceWorker: undefined }, sandboxed]) {
			vi.stubGlobal('navigator', navigator);
			const keeping = new Keeping('worker.js', '1');
			keeping.start();
			expect(keeping.isRefused).toBe(true);
			expect((await keeping.state()).files).toEqual([]);
			expect(await keeping.keep(['a.js'])).toBe('full');
			await keeping.remove();
		}
	});

	it('says so where the service worker is refused', async () => {
		container.register = () => Promise.reject(new Error('insecure'));
		const keeping = new Keeping('worker.js', '1');
		keeping.start();
		await until(() => keeping.isRefused);
		expect(keeping.hasNewVersion).toBe(false);
	});

	it('knows of nothing that is kept on pages without encryption, and where storage throws', async () => {
		const [insecure, broken] = [new Keeping('worker.js', '1'), new Keeping('worker.js', '1')];
		vi.stubGlobal('navigator', {});
		expect((await insecure.state()).files).toEqual([]);
		expect(insecure.isRefused).toBe(true);

		container.ready = Promise.resolve({ active: fakeWorker('1', 'activated', 'refused').worker });
		vi.stubGlobal('navigator', { serviceWorker: container });
		expect((await broken.state()).files).toEqual([]);
		expect(broken.isRefused).toBe(true);
		expect(await broken.keep(['a'])).toBe('full');
	});

	it('says so where the first worker finds no room for what it has to keep', async () => {
		const keeping = new Keeping('worker.js', '1');
		const { worker } = fakeWorker('1', 'installing');
		registration.installing = worker;
		const listens = vi.spyOn(registration, 'addEventListener');
		keeping.start();
		await until(() => listens.mock.calls.length > 0);
		worker.state = 'redundant';
		worker.dispatchEvent(new Event('statechange'));
		await until(() => keeping.isRefused);
	});

	it('knows that there was no room for the page that was opened last', async () => {
		container.ready = Promise.resolve({ active: fakeWorker('1', 'activated', 'full').worker });
		vi.stubGlobal('performance', { getEntriesByType: () => [] });
		const keeping = new Keeping('worker.js', '1');
		keeping.start();
		await until(() => keeping.isFull);
	});

	it('tells of a worker of another version that waits, and loads it when the reader wants it', async () => {
		const { worker, asked } = fakeWorker('2', 'installed');
		registration.waiting = worker;
		const keeping = new Keeping('worker.js', '1');
		keeping.start();
		await until(() => keeping.hasNewVersion);
		expect(asked).toEqual(['version']);
		keeping.reload();
		expect(asked).toEqual(['version', 'activate']);
		expect(reload).not.toHaveBeenCalled();
		// The page is loaded anew once the new one is in charge.
		container.dispatchEvent(new Event('controllerchange'));
		expect(reload).toHaveBeenCalledOnce();
	});

	describe('where the new worker does not take over', () => {
		const frames: { hidden?: boolean; src?: string; remove: () => void }[] = [];
		beforeEach(() => {
			vi.useFakeTimers({ toFake: ['setInterval'] });
			frames.length = 0;
			const body = { append: (frame: (typeof frames)[number]) => frames.push(frame) };
			const createElement = () => {
				const frame: (typeof frames)[number] = { remove: () => frames.splice(frames.indexOf(frame), 1) };
				return frame;
			};
			vi.stubGlobal('document', { readyState: 'complete', body, createElement });
		});
		afterEach(() => vi.useRealTimers());

		async function wanted(): Promise<Keeping> {
			registration.waiting = fakeWorker('2', 'installed').worker;
			const keeping = new Keeping('/site/worker.js', '1');
			keeping.start();
			await until(() => keeping.hasNewVersion);
			keeping.reload();
			return keeping;
		}

		it('has the browser look again, by one hidden frame at a time, until it does', async () => {
			const keeping = await wanted();
			expect(frames).toEqual([]);
			vi.advanceTimersByTime(3500);
			expect(frames).toMatchObject([{ hidden: true, src: '/site/icon.svg' }]);
			// Wanted once more by a reader who waits.
			keeping.reload();
			vi.advanceTimersByTime(3000);
			expect(frames).toHaveLength(1);
			expect(vi.getTimerCount()).toBe(1);
			expect(reload).not.toHaveBeenCalled();
			container.dispatchEvent(new Event('controllerchange'));
			expect(reload).toHaveBeenCalledOnce();
		});

		it('loads the page anew where a newer version has come in its place', async () => {
			await wanted();
			registration.waiting = fakeWorker('3', 'installed').worker;
			vi.advanceTimersByTime(1000);
			expect(reload).toHaveBeenCalledOnce();
			expect(frames).toEqual([]);
		});
	});

	it('takes a worker of its own version into use without a word', async () => {
		const { worker, asked } = fakeWorker('1', 'installed');
		registration.waiting = worker;
		const keeping = new Keeping('worker.js', '1');
		keeping.start();
		await until(() => asked.includes('activate'));
		expect(keeping.hasNewVersion).toBe(false);
	});

	it('is told of a version that is installed while the page is open', async () => {
		container.controller = fakeWorker('1').worker;
		const listens = vi.spyOn(registration, 'addEventListener');
		const keeping = new Keeping('worker.js', '1');
		keeping.start();
		await until(() => listens.mock.calls.length > 0);
		const { worker } = fakeWorker('2', 'installing');
		registration.installing = worker;
		registration.dispatchEvent(new Event('updatefound'));
		worker.state = 'installed';
		worker.dispatchEvent(new Event('statechange'));
		await until(() => keeping.hasNewVersion);
	});

	it('loads the page anew where nothing waits any more', () => {
		new Keeping('worker.js', '1').reload();
		expect(reload).toHaveBeenCalledOnce();
	});
});
