import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startWorker, workerEnded } from '$lib/stored/startWorker';

class FakeWorker extends EventTarget {
	terminate() {}
	say(data: unknown = null) {
		this.dispatchEvent(new MessageEvent('message', { data }));
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
const asked: { readonly name: string; grant(): unknown }[] = [];
/** The script that was made last: what a worker does before anything else. */
let script = '';

beforeEach(() => {
	asked.length = 0;
	vi.stubGlobal('Worker', FakeWorker);
	vi.stubGlobal('ErrorEvent', FakeErrorEvent);
	vi.stubGlobal(
		'Blob',
		class extends Blob {
			constructor(parts: string[], options: BlobPropertyBag) {
				super(parts, options);
				script = parts.join('');
			}
		}
	);
	vi.stubGlobal('navigator', {
		locks: {
			request: (name: string, grant: () => unknown) => {
				asked.push({ name, grant });
				return Promise.resolve();
			}
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

/** The name of the lock that the worker started last asks for, and tells once it has it. */
function lifeOf(): string {
	const [, asks, says] = /locks\.request\("([^"]+)".*postMessage\("([^"]+)"\)/.exec(script)!;
	expect(says).toBe(asks);
	return asks!;
}

it('tells who waits for a worker that it has ended, once its lock is to be had', () => {
	const { worker, errors } = started(true);
	worker.say(lifeOf());
	expect(asked.map(({ name }) => name)).toEqual([lifeOf()]);
	expect(errors).toHaveLength(0);
	asked[0]!.grant();
	// Without a message it would be of a worker that did not load.
	expect(errors).toMatchObject([{ message: workerEnded }]);
});

it('does not ask for the lock of one that has not said that it has it, however much else it says', () => {
	const { worker } = started(true);
	const heard: unknown[] = [];
	worker.addEventListener('message', (event) => heard.push((event as MessageEvent).data));
	worker.say({ kind: 'progress', share: 0.5 });
	expect(asked).toHaveLength(0);
	worker.say(lifeOf());
	expect(asked).toHaveLength(1);
	// Nobody else hears of its life.
	expect(heard).toEqual([{ kind: 'progress', share: 0.5 }]);
});

it('tells nothing of one that the page has ended, and asks for no lock of one that nobody waits for', () => {
	const { worker, errors } = started(true);
	worker.say(lifeOf());
	worker.terminate();
	asked[0]!.grant();
	expect(errors).toHaveLength(0);
	started(false).worker.say('anything');
	expect(script).not.toContain('locks');
	expect(asked).toHaveLength(1);
});
