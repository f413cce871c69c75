import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startWorker } from '$lib/stored/startWorker';

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
/** Requests of the page for the lock that a worker holds. */
const asked: { readonly name: string; grant(): void }[] = [];

/** What a worker says by it that it holds its lock. */
class FakeChannel {
	static open: FakeChannel[] = [];
	onmessage: (() => void) | null = null;
	constructor(readonly name: string) {
		FakeChannel.open.push(this);
	}
	close() {
		FakeChannel.open = FakeChannel.open.filter((other) => other !== this);
	}
}
const holds = () => FakeChannel.open[0]!.onmessage!();

beforeEach(() => {
	asked.length = 0;
	FakeChannel.open = [];
	vi.stubGlobal('Worker', FakeWorker);
	vi.stubGlobal('ErrorEvent', FakeErrorEvent);
	vi.stubGlobal('BroadcastChannel', FakeChannel);
	vi.stubGlobal('navigator', {
		locks: { request: (name: string, grant: () => void) => void asked.push({ name, grant }) }
	});
});
afterEach(() => void vi.unstubAllGlobals());

function started(isAwaited: boolean) {
	const worker = startWorker('data:text/javascript,', { isAwaited }) as unknown as FakeWorker;
	const errors: Event[] = [];
	worker.addEventListener('error', (event) => errors.push(event));
	return { worker, errors };
}

it('tells who waits for a worker that it has ended, once its lock is to be had', () => {
	const { errors } = started(true);
	const [{ name }] = FakeChannel.open as [FakeChannel];
	holds();
	expect(asked.map((of) => of.name)).toEqual([name]);
	expect([FakeChannel.open.length, errors.length]).toEqual([0, 0]);
	asked[0]!.grant();
	// Without a message it would be of a worker that did not load.
	expect(errors).toMatchObject([{ message: 'the worker has ended' }]);
});

it('takes none for ended that has answered before its lock was asked for: the page does not ask first', () => {
	const { worker, errors } = started(true);
	worker.say();
	expect([asked.length, errors.length]).toEqual([0, 0]);
	holds();
	expect(asked).toHaveLength(1);
});

it('tells nothing of one that the page has ended, and asks for no lock of one that nobody waits for', () => {
	const { worker, errors } = started(true);
	holds();
	worker.terminate();
	asked[0]!.grant();
	expect(errors).toHaveLength(0);
	started(true).worker.terminate();
	started(false).worker.say();
	expect([asked.length, FakeChannel.open.length]).toEqual([1, 0]);
});
