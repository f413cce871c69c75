import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startWorker } from '$lib/stored/startWorker';
import { until } from '../until';

class FakeWorker extends EventTarget {
	terminate() {}
	say() {
		this.dispatchEvent(new MessageEvent('message'));
	}
}
class FakeErrorEvent extends Event {
	readonly message: string;
	constructor(type: string, { message }: { readonly message: string }) {
		super(type);
		this.message = message;
	}
}
/** Requests of the page for the lock that a worker holds; the worker's own, where it has not been granted yet. */
const asked: { readonly name: string; grant(): Promise<unknown> }[] = [];
let pending: string[] = [];

beforeEach(() => {
	asked.length = 0;
	pending = [];
	vi.stubGlobal('Worker', FakeWorker);
	vi.stubGlobal('ErrorEvent', FakeErrorEvent);
	vi.stubGlobal('navigator', {
		locks: {
			request: (name: string, hold: () => Promise<unknown>) =>
				new Promise((done) => {
					const grant = async () => {
						const held = await hold();
						done(held);
						return held;
					};
					asked.push({ name, grant });
				}),
			query: async () => ({ pending: pending.map((name) => ({ name })) })
		}
	});
});
afterEach(() => void vi.unstubAllGlobals());

function started(isAwaited: boolean) {
	const worker = startWorker('data:text/javascript,', { isAwaited }) as unknown as FakeWorker;
	const errors: Event[] = [];
	worker.addEventListener('error', (event) => errors.push(event));
	return { worker, errors };
}

it('tells who waits for a worker that it has ended, once its lock is to be had', async () => {
	const { worker, errors } = started(true);
	expect(asked).toHaveLength(0);
	worker.say();
	expect([asked.length, errors.length]).toEqual([1, 0]);
	await asked[0]!.grant();
	await until(() => errors.length === 1);
	// Without a message it would be of a worker that did not load.
	expect(errors[0]).toMatchObject({ message: 'the worker has ended' });
});

it('waits in line where it gets the lock before the worker', async () => {
	const { worker, errors } = started(true);
	worker.say();
	pending = [asked[0]!.name];
	expect(await asked[0]!.grant()).toBe(true);
	await until(() => asked.length === 2);
	expect(errors).toHaveLength(0);
});

it('tells nothing of one that the page has ended, and asks for no lock of one that nobody waits for', async () => {
	const { worker, errors } = started(true);
	worker.say();
	worker.terminate();
	expect(await asked[0]!.grant()).toBe(false);
	await Promise.resolve();
	expect(errors).toHaveLength(0);
	started(false).worker.say();
	expect(asked).toHaveLength(1);
});
