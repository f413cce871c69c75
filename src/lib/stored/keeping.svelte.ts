import { createContext } from 'svelte';
import { idle, savesData } from './connection';
import { ask, type StoredState } from './messages';
import type { KeepAll } from './keepAll.svelte';
import type { KeepFault } from './keeper';
import { serviceWorkers } from './serviceWorkers';
import { trustedScript } from './trusted';

/** Milliseconds after which a tab that stays open asks whether there is a new version. */
const hour = 3_600_000;
/** Milliseconds after which a new version that was asked for is urged to come, and again after as many more. */
const patience = 1000;

/** What a page has to do with the service worker: it is started when there is time, and a new version is told of. */
export class Keeping {
	readonly #script: string;
	readonly #version: string;
	#registration = $state.raw<ServiceWorkerRegistration | null>(null);
	#hasNewVersion = $state(false);
	#asked = 0;
	#isReloading = false;

	/** Whether there is a new version, which the reader may load. */
	readonly hasNewVersion = $derived(this.#hasNewVersion);
	/** Whether nothing can be kept: the browser has no service workers here, or refused this one. */
	isRefused = $state(false);
	/** Whether there was no room for the page that was opened last. */
	isFull = $state(false);
	/** Keeping the whole site, once the reader has come to where that is done. */
	all: KeepAll | null = $state.raw(null);

	/**
	 * @param script address of the service worker
	 * @param version of the page
	 */
	constructor(script: string, version: string) {
		this.#script = script;
		this.#version = version;
	}

	/** Registers the service worker when the page has loaded and has nothing to do. @returns what ends it */
	start(): () => void {
		// Frames are others' pages: nothing is kept there.
		const workers = serviceWorkers();
		if (!workers || window.top !== window) {
			this.isRefused = true;
			return () => {};
		}
		let hadWorker = workers.controller !== null;
		const changed = () => {
			if (this.#isReloading) location.reload();
			// The first one takes over pages that were there before it.
			else if (hadWorker) {
				void this.#compare(workers.controller);
				// What the worker before it kept of this page is not this one's.
				this.opened();
			}
			hadWorker = true;
		};
		workers.addEventListener('controllerchange', changed);
		const begin = () => idle(() => void this.#register(workers));
		if (document.readyState === 'complete') begin();
		else addEventListener('load', begin, { once: true });
		return () => {
			workers.removeEventListener('controllerchange', changed);
			removeEventListener('load', begin);
		};
	}

	/** Has the page that is open kept, with what comes late in it, and asks for a new version now and then. */
	opened(): void {
		const { href } = location;
		idle(() => {
			if (location.href !== href) return;
			void this.#keep(href);
			if (this.#registration && Date.now() - this.#asked > hour) void this.#ask(this.#registration);
		});
	}

	/** Loads the new version: this page anew, others when their readers want it. */
	reload(): void {
		const waiting = this.#registration?.waiting;
		if (!waiting) return location.reload();
		if (this.#isReloading) return;
		this.#isReloading = true;
		void ask<'activate'>(waiting, { kind: 'activate' });
		this.#urge(waiting);
	}

	/**
	 * Chromium waits until the worker before has nothing to do, and may miss that moment: for half a minute, or for five where tabs
	 * keep that worker busy. It looks again whenever a page is opened below the site, which a small file in a hidden frame is.
	 */
	#urge(waiting: ServiceWorker): void {
		let frame: HTMLIFrameElement | null = null;
		setInterval(() => {
			// A version that is newer still has come in its place.
			if (this.#registration?.waiting !== waiting) return location.reload();
			frame?.remove();
			frame = document.createElement('iframe');
			frame.hidden = true;
			frame.src = this.#script.replace(/[^/]*$/, 'icon.svg');
			document.body.append(frame);
		}, patience);
	}

	/** What is kept, of what. */
	async state(): Promise<StoredState> {
		// On pages without encryption there are none.
		const worker = await this.#worker();
		if (worker) {
			const state = await ask<'state'>(worker, { kind: 'state' });
			if (state !== 'refused') return state;
		}
		this.isRefused = true;
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew, never changed
		return { files: [], titles: new Map() };
	}

	/** Keeps some files. @returns why it ended early */
	async keep(paths: readonly string[]): Promise<KeepFault | null> {
		const worker = await this.#worker();
		const fault = worker ? await ask<'keep'>(worker, { kind: 'keep', paths }) : 'refused';
		return fault === 'refused' ? 'full' : fault;
	}

	/** Lets go of all that is kept. */
	async remove(): Promise<void> {
		const worker = await this.#worker();
		if (worker) await ask<'remove'>(worker, { kind: 'remove' });
	}

	async #worker(): Promise<ServiceWorker | null> {
		const workers = serviceWorkers();
		return workers && (await workers.ready).active;
	}

	async #register(workers: ServiceWorkerContainer): Promise<void> {
		try {
			const registration = await workers.register(trustedScript(`${location.origin}${this.#script}`));
			this.#registration = registration;
			this.#asked = Date.now();
			const watch = () => {
				const { installing } = registration;
				installing?.addEventListener('statechange', () => {
					if (installing.state === 'installed' && workers.controller) void this.#compare(installing);
					// The first one found no room for what it has to keep: none is ever ready.
					else if (installing.state === 'redundant' && !registration.active) this.isRefused = true;
				});
			};
			registration.addEventListener('updatefound', watch);
			watch();
			if (registration.waiting) void this.#compare(registration.waiting);
			this.opened();
		} catch {
			this.isRefused = true;
		}
	}

	/** A page that came from the network while an older worker was there is of the new version already: nothing to load anew. */
	async #compare(worker: ServiceWorker | null): Promise<void> {
		if (!worker) return;
		if ((await ask<'version'>(worker, { kind: 'version' })) !== this.#version) this.#hasNewVersion = true;
		else if (worker.state === 'installed') void ask<'activate'>(worker, { kind: 'activate' });
	}

	async #ask(registration: ServiceWorkerRegistration): Promise<void> {
		this.#asked = Date.now();
		await registration.update().catch(() => {});
	}

	async #keep(page: string): Promise<void> {
		// Registered first: where that was refused, nothing is ever ready.
		if (!this.#registration || savesData()) return;
		const loaded = performance
			.getEntriesByType('resource')
			.map(({ name }) => name)
			.filter((name) => name.startsWith(location.origin));
		const worker = await this.#worker();
		if (!worker) return;
		const fault = await ask<'opened'>(worker, { kind: 'opened', page, loaded });
		this.isFull = fault === 'full' || fault === 'refused';
	}
}

/** The page's {@link Keeping}, for what stands in it. */
export const [keepingOf, setKeeping] = createContext<Keeping>();
