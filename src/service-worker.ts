/// <reference lib="webworker" />
import { headersFor } from './hostHeaders';
import { isolate } from './lib/engine/isolate';
import { openWeightsCache, weightsKey } from './lib/engine/weights/cache';
import { isLocale, localeFor } from './lib/i18n/languages';
import { fetchWhole, FetchFault, isOtherType, isWhole, type FileFacts } from './lib/stored/check';
import { Keeper } from './lib/stored/keeper';
import type { Answers, Question } from './lib/stored/messages';
import { Files, isWeights, typeOf, type Table } from './lib/stored/table';

/**
 * Keeps the site for use without a connection, and adds the headers that isolate a page on static hosts that do not send them, so
 * that WASM can have threads. What a page is made of comes from one version of the site: the one that this worker is of, or for
 * tabs that are older, the one before. A new version waits until a reader wants it.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

/**
 * The site's version, and the table of its files with what its own content has to be; written when the build is done
 * (`tools/offline.js`). SvelteKit's own list has neither lengths nor hashes, nor what a page needs.
 */
const { version, ...table }: FileFacts & { readonly version: string; readonly path: string } =
	JSON.parse('{"table":"of files"}');
const home = new URL('./', location.href).href;
const base = new URL(home).pathname;
const storeName = `lightnets-kept ${base}`;
/** Which tables are in use: kept beside them under an address of their own. */
const versionsKey = new URL('kept/versions', home).href;

interface Versions {
	readonly current: string;
	readonly earlier: string | null;
}

const tableKey = (path: string) => new URL(path, home).href;

async function readVersions(store: Cache): Promise<Versions | null> {
	const stored = await store.match(versionsKey);
	return stored ? ((await stored.json()) as Versions) : null;
}

/** Addresses in the store that are no content. */
const bookkeeping = ({ current, earlier }: Versions) => [
	versionsKey,
	tableKey(current),
	...(earlier ? [tableKey(earlier)] : [])
];

async function keeperOf(store: Cache, of: Table): Promise<Keeper> {
	const weights = await openWeightsCache();
	return new Keeper({ base: home, files: new Files(of), store, weights, weightsKey });
}

/** The keeper of a version whose table is kept. */
async function keptKeeper(store: Cache, path: string | null | undefined): Promise<Keeper | null> {
	const stored = path ? await store.match(tableKey(path)) : undefined;
	return stored ? keeperOf(store, (await stored.json()) as Table) : null;
}

/** This version's keeper. @throws {FetchFault} where its table is not kept and cannot be fetched */
async function openKeeper(): Promise<Keeper> {
	const store = await caches.open(storeName);
	const stored = await keptKeeper(store, table.path);
	if (stored) return stored;
	const bytes = await fetchWhole(tableKey(table.path), table);
	await store.put(tableKey(table.path), new Response(bytes as BodyInit)).catch(() => {});
	return keeperOf(store, JSON.parse(new TextDecoder().decode(bytes)) as Table);
}

/** Opens once; after a failure, anew. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
	let opened: Promise<T> | null = null;
	return () => {
		opened ??= open();
		opened.catch(() => (opened = null));
		return opened;
	};
}

const keeper = once(openKeeper);
const earlierKeeper = once(async () => {
	const store = await caches.open(storeName);
	return keptKeeper(store, (await readVersions(store))?.earlier);
});

worker.addEventListener('install', (event) => event.waitUntil(install()));
async function install(): Promise<void> {
	const own = await keeper();
	const store = await caches.open(storeName);
	const before = await readVersions(store);
	const fault = await own.keep(own.files.shell);
	// Without what stands in for a missing page it would do harm; the browser tries again when a page is next opened.
	if (fault) throw new Error(`the shell could not be kept: ${fault}`);
	const last = before && before.current !== table.path ? await keptKeeper(store, before.current) : null;
	// All that the reader has of the last version comes along before this one takes over. What is altered on its way stays out.
	const missing = last && (await own.keep(await own.insteadOf(last)));
	if (missing === 'unreachable' || missing === 'stalled') throw new Error('the connection was lost');
	if (!before) await worker.skipWaiting();
}

worker.addEventListener('activate', (event) => event.waitUntil(activate()));
async function activate(): Promise<void> {
	const store = await caches.open(storeName);
	const before = await readVersions(store);
	const earlier = before && before.current !== table.path ? before.current : (before?.earlier ?? null);
	await store.put(versionsKey, Response.json({ current: table.path, earlier } satisfies Versions));
	const last = await keptKeeper(store, earlier);
	await (await keeper()).sweep(last ? [last] : [], bookkeeping({ current: table.path, earlier }));
	await worker.clients.claim();
}

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	// A request that only the cache may answer cannot be repeated from here.
	if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
	event.respondWith(respond(event));
});

async function respond(event: FetchEvent): Promise<Response> {
	const { request } = event;
	const url = new URL(request.url);
	const isOwn = url.href.startsWith(home) && request.method === 'GET' && !request.headers.has('range');
	const own = isOwn ? await keeper().catch(() => null) : null;
	if (!own) return fromNetwork(request);
	const address = addressOf(url);
	return request.mode === 'navigate' ? openPage(event, own, url, address) : load(event, own, address);
}

/** With the headers that isolate a page, which a host may not send; the rest of its own stays. */
const fromNetwork = async (request: Request): Promise<Response> => isolate(await fetch(request));

/** A kept file, with all that a host should send with it. */
async function fromStore(keeper: Keeper, path: string): Promise<Response | undefined> {
	const stored = await keeper.match(path);
	return stored && isolate(stored, headersFor(`/${path}`));
}

/** What of an address is below the site's base. */
function addressOf({ pathname }: URL): string {
	try {
		return decodeURI(pathname.slice(base.length));
	} catch {
		return pathname;
	}
}

/** A page: from this version where it is kept, else from the network, else the page that says that it is not kept. */
async function openPage(event: FetchEvent, own: Keeper, url: URL, address: string): Promise<Response> {
	const { request } = event;
	const page = own.files.pageAt(address);
	if (page === null) {
		// A file that is opened by itself, a page of another version, or none.
		return (await fromStore(own, address)) ?? fromNetwork(request).catch(() => notStored(own, url));
	}
	// What a page names is relative to its address without a slash.
	if (address.endsWith('/')) return Response.redirect(url.href.replace(/\/(?=[?#]|$)/, ''));
	const stored = await fromStore(own, page);
	if (stored) return stored;
	let response: Response;
	try {
		response = await fromNetwork(request);
	} catch {
		return notStored(own, url);
	}
	// Another version, or a network's sign-in page, has to be seen too; only what is this version's is kept.
	if (response.ok) event.waitUntil(keepIfWhole(own, page, response.clone()));
	return response;
}

async function keepIfWhole(own: Keeper, path: string, response: Response): Promise<void> {
	const bytes = new Uint8Array(await response.arrayBuffer());
	if (await isWhole(bytes, own.files.facts(path)!)) await own.put(path, bytes);
}

/** To the page that stands in for one that is not kept, in its language. */
async function notStored(own: Keeper, url: URL): Promise<Response> {
	const [first = ''] = url.pathname.slice(base.length).split(/[/.]/);
	const language = isLocale(first) ? first : localeFor(navigator.language);
	if (!(await own.match(`${language}/offline.html`))) return Response.error();
	const to = new URL(`${language}/offline`, home);
	to.searchParams.set('page', url.pathname + url.search);
	return Response.redirect(to.href);
}

/** What a page loads: kept, or from the network and then kept. */
async function load(event: FetchEvent, own: Keeper, address: string): Promise<Response> {
	const { request } = event;
	// The engine keeps and checks weights itself, since it shows how far they are.
	if (isWeights(address)) return fromNetwork(request);
	if (!own.files.facts(address)) {
		const earlier = await earlierKeeper().catch(() => null);
		const stored = earlier && (await fromStore(earlier, address));
		if (stored) return stored;
		const response = await fromNetwork(request);
		// A sign-in page is no script.
		const isWrong = response.ok && request.destination !== '' && isOtherType(response, false);
		return isWrong ? Response.error() : response;
	}
	const stored = await fromStore(own, address);
	if (stored) return stored;
	try {
		const bytes = await own.fetch(address);
		event.waitUntil(own.put(address, bytes));
		const response = new Response(bytes as BodyInit, { headers: { 'content-type': typeOf(address) } });
		return isolate(response, headersFor(`/${address}`));
	} catch (error) {
		if (error instanceof FetchFault) return Response.error();
		throw error;
	}
}

worker.addEventListener('message', (event) => {
	const answer = reply(event.data as Question)
		// Storage that throws: whoever asks does not wait for ever.
		.catch(() => 'refused' as const)
		.then((value) => event.ports[0]?.postMessage(value));
	event.waitUntil(answer);
});

async function reply(question: Question): Promise<Answers[Question['kind']]> {
	switch (question.kind) {
		case 'version':
			return version;
		case 'activate':
			await worker.skipWaiting();
			return null;
		case 'opened':
			return opened(await keeper(), question.page, question.loaded);
		case 'keep':
			return (await keeper()).keep(question.paths);
		case 'remove': {
			const versions = await readVersions(await caches.open(storeName));
			await (await keeper()).remove(bookkeeping(versions ?? { current: table.path, earlier: null }));
			return null;
		}
		case 'state': {
			const { files, stored } = await keeper().then(async (own) => ({
				files: own.files,
				stored: await own.stored()
			}));
			return {
				files: files.paths.map((path) => ({
					path,
					bytes: files.facts(path)!.bytes,
					isStored: stored.has(path)
				})),
				titles: files.titles
			};
		}
	}
}

/** Keeps a page with what comes late in it, what it has loaded before this worker was there, and the start page of its language. */
async function opened(own: Keeper, page: string, loaded: readonly string[]) {
	const file = own.files.pageAt(addressOf(new URL(page)));
	const start = `${file?.split(/[/.]/)[0]}.html`;
	const paths = [
		...(file ? own.files.withNeeds(file) : []),
		...loaded.filter((of) => of.startsWith(home)).map((of) => addressOf(new URL(of))),
		...(own.files.facts(start) ? own.files.withNeeds(start) : [])
	];
	return own.keep(paths.filter((path) => !isWeights(path)));
}
