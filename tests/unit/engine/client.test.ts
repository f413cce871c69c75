import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '$lib/engine/client';
import type { Graph } from '$lib/nets';
import { until } from '../until';

/** What the worker's host does, as far as a test asks. */
interface Host {
	readonly asked: string[];
	readonly never: Set<string>;
	isEnded: boolean;
	/** Whether the page has let go of it: Comlink keeps what it has not. */
	isReleased: boolean;
	/** Called before each answer. */
	answering: () => void;
}
const hosts: Host[] = [];
/** Calls that no host answers from now on. */
let deaf: readonly string[] = [];

/** A worker whose host answers at once, or never. */
class FakeWorker extends EventTarget {
	onerror: unknown = null;
	readonly #port: MessagePort;
	readonly #own: MessagePort;
	readonly #host: Host = {
		asked: [],
		never: new Set(deaf),
		isEnded: false,
		isReleased: false,
		answering: () => {}
	};

	constructor() {
		super();
		const { port1, port2 } = new MessageChannel();
		[this.#port, this.#own] = [port1, port2];
		port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }));
		hosts.push(this.#host);
		const { asked, never } = this.#host;
		let id = 40;
		const answer = (name: string, value: () => unknown) => (_: number, about: unknown) => {
			const what = typeof about === 'object' ? (about as Graph).name : String(about);
			asked.push(`${name} ${what}`);
			this.#host.answering();
			return never.has(name) ? new Promise(() => {}) : { ok: true, value: value() };
		};
		expose(
			{
				start: answer('start', () => ({ backend: { name: 'wasm' }, notices: [], measured: [] })),
				load: answer('load', () => ({ id: ++id, units: [], warmUp: 0, repaired: [] })),
				run: answer('run', () => 'ran'),
				unload: answer('unload', () => undefined),
				cancel: () => asked.push('cancel')
			},
			port2 as never
		);
	}
	postMessage(message: { readonly type: string }, transfer: Transferable[]) {
		if (message.type === 'RELEASE') this.#host.isReleased = true;
		this.#port.postMessage(message, transfer);
	}
	terminate() {
		this.#host.isEnded = true;
		this.#port.close();
		this.#own.close();
	}
}

const graph = { name: 'small' } as Graph;
const input = { kind: 'values', values: [] } as const;

beforeEach(() => {
	vi.stubGlobal('Worker', FakeWorker);
	// Without locks: these workers hold none.
	vi.stubGlobal('navigator', {});
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	hosts.length = 0;
	deaf = [];
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('Engine, cancelled while its worker does not answer', () => {
	it('ends it after a second, and goes on in a new one with backend and network', async () => {
		const engine = new Engine();
		await engine.start('auto');
		const { id } = await engine.load(graph, { kind: 'random', seed: 1 });
		hosts[0]!.never.add('run');
		const controller = new AbortController();
		const run = engine.run(id, input, { signal: controller.signal });
		await until(() => hosts[0]!.asked.includes('run 41'));
		controller.abort();
		vi.advanceTimersByTime(999);
		expect(hosts[0]!.isEnded).toBe(false);
		vi.advanceTimersByTime(1);
		await expect(run).rejects.toMatchObject({ code: 'cancelled' });
		expect(hosts[0]!.isEnded).toBe(true);
		expect(await engine.run(id, input)).toBe('ran');
		expect(hosts[1]!.asked).toEqual(['start wasm', 'load small', 'run 41']);
		engine.close();
	});

	it('so too while it starts, or hangs in a load; calls that others wait for are asked again', async () => {
		deaf = ['start', 'load'];
		const engine = new Engine();
		const controller = new AbortController();
		const started = engine.start('wasm', { signal: controller.signal });
		const loaded = engine.load(graph, { kind: 'random', seed: 1 });
		await until(() => hosts[0]!.asked.length === 2);
		deaf = [];
		controller.abort();
		vi.advanceTimersByTime(1000);
		await expect(started).rejects.toMatchObject({ code: 'cancelled' });
		expect(await loaded).toMatchObject({ id: 1 });
		expect(hosts[1]!.asked).toEqual(['load small']);
		engine.close();
	});
});

describe('Engine, cancelled when its worker has done it already', () => {
	it('has no answer, and keeps nothing loaded', async () => {
		const engine = new Engine();
		const { id } = await engine.load(graph, { kind: 'random', seed: 1 });
		for (const call of [
			(signal: AbortSignal) => engine.run(id, input, { signal }),
			(signal: AbortSignal) => engine.load(graph, { kind: 'random', seed: 1 }, { signal })
		]) {
			const controller = new AbortController();
			hosts[0]!.answering = () => controller.abort();
			await expect(call(controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
		}
		await until(() => hosts[0]!.asked.includes('unload 42'));
		expect(hosts[0]!.isEnded).toBe(false);
		engine.close();
	});
});

describe('Engine, closed while its worker does not answer', () => {
	it('lets go of the worker', async () => {
		deaf = ['start', 'load'];
		const engine = new Engine();
		const started = engine.start('wasm');
		const loaded = engine.load(graph, { kind: 'random', seed: 1 });
		await until(() => hosts[0]!.asked.length === 2);
		engine.close();
		await expect(started).rejects.toMatchObject({ code: 'cancelled' });
		await expect(loaded).rejects.toMatchObject({ code: 'cancelled' });
		expect(hosts[0]).toMatchObject({ isEnded: true, isReleased: true });
	});
});

describe('Engine, closed', () => {
	it('starts no worker for whoever asks later', async () => {
		const engine = new Engine();
		const { id } = await engine.load(graph, { kind: 'random', seed: 1 });
		engine.close();
		for (const call of [
			() => engine.start('wasm'),
			() => engine.load(graph, { kind: 'random', seed: 1 }),
			() => engine.run(id, input),
			() => engine.unload(id)
		])
			await expect(call()).rejects.toMatchObject({ code: 'cancelled' });
		expect(hosts.map(({ isEnded }) => isEnded)).toEqual([true]);
	});
});
