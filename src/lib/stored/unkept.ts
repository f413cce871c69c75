/** What could not be kept: what the reader sets, or files. Full storage, blocked or private storage are told alike: nothing can be done here. */
export type Unkept = 'texts' | 'files';

const type = 'lightnets:unkept';
/** What a worker sends in place of the event, which pages would not hear. */
const isMessage = (data: unknown): data is { readonly unkept: Unkept } =>
	typeof data === 'object' && data !== null && Object.hasOwn(data, 'unkept');

/** Of what it was said in this tab. */
const unkept = new Set<Unkept>();
export const wasUnkept = (of: Unkept): boolean => unkept.has(of);

/** Says that something could not be kept, where pages say it, once (`src/routes/Notices.svelte`); from a worker, too. */
export function sayUnkept(of: Unkept): void {
	if ('WorkerGlobalScope' in globalThis) {
		postMessage({ unkept: of });
		return;
	}
	unkept.add(of);
	globalThis.dispatchEvent?.(new CustomEvent(type, { detail: of }));
}

/** Hears of it. @returns what ends that */
export function onUnkept(heard: (of: Unkept) => void): () => void {
	const hear = (event: Event) => heard((event as CustomEvent<Unkept>).detail);
	addEventListener(type, hear);
	return () => removeEventListener(type, hear);
}

/** Passes on what a worker says of it. @returns the worker */
export function heardOf(worker: Worker): Worker {
	worker.addEventListener('message', ({ data }) => {
		if (isMessage(data)) sayUnkept(data.unkept);
	});
	return worker;
}
