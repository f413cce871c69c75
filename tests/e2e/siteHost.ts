import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, posix } from 'node:path';
import type { Page } from '@playwright/test';
import type { Answers, Question } from '../../src/lib/stored/messages';
import type { Table } from '../../src/lib/stored/table';

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.wasm': 'application/wasm'
};

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/**
 * A static host below a folder of its own that sends no headers but types, and keeps nothing in the browser's own cache, so that
 * what opens without it was kept by the site. What it answers can be altered while a test runs.
 */
export class SiteHost {
	/** Files of the build that are replaced; `null` for one that is not there. */
	readonly #files = new Map<string, string | Buffer | null>();
	/** What is answered in place of a file, as a hotel's network does; `null` to answer with the file. */
	instead: (path: string) => string | null = () => null;
	/** Whether it takes connections. */
	isUp = true;
	readonly asked: string[] = [];
	readonly #server: Server;
	address = '';

	constructor() {
		this.#server = createServer((request, response) => {
			if (!this.isUp) return void request.socket.destroy();
			const [path = ''] = decodeURI(request.url!.replace(/^\/site\//, '')).split('?');
			this.asked.push(path);
			const portal = this.instead(path);
			if (portal !== null) return void response.writeHead(200, { 'content-type': 'text/html' }).end(portal);
			const bare = path.replace(/\/$/, '');
			for (const name of bare === '' ? ['index.html'] : [bare, `${bare}.html`]) {
				const content = this.read(name);
				if (content === null) continue;
				const type = types[extname(name)] ?? 'application/octet-stream';
				return void response
					.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' })
					.end(content);
			}
			response.writeHead(404, { 'content-type': 'text/html' }).end(this.read('404.html'));
		});
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		this.address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/site/`;
	}

	close(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}

	/** Takes no more connections, and ends those that there are. */
	goDown(): void {
		this.isUp = false;
		this.#server.closeAllConnections();
	}

	read(path: string): Buffer | null {
		const replaced = this.#files.get(path);
		if (replaced !== undefined) return replaced === null ? null : Buffer.from(replaced);
		try {
			return readFileSync(posix.join('build', path));
		} catch {
			return null;
		}
	}

	text(path: string): string {
		return this.read(path)!.toString();
	}

	/** The table of the build's files. */
	get table(): Table {
		return JSON.parse(this.text(this.#named.path)) as Table;
	}

	/** A new version of the site: files that are others now, under a table of their own, and files that are gone. */
	publish(version: string, files: Readonly<Record<string, string>>, gone: readonly string[] = []): void {
		const before = this.#named;
		const { files: listed, pages, shell } = this.table;
		const table: Table = {
			pages,
			shell,
			files: listed.map(([path, bytes, hash]) => {
				const content = files[path];
				return content === undefined
					? [path, bytes, hash]
					: [path, Buffer.byteLength(content), sha256(content)];
			})
		};
		for (const [path, content] of Object.entries(files)) this.#files.set(path, content);
		for (const path of gone) this.#files.set(path, null);
		const text = JSON.stringify(table);
		const path = `_app/immutable/files.${version}.json`;
		this.#files.set(path, text);
		const worker = this.text('service-worker.js');
		const named = { version, path, bytes: Buffer.byteLength(text), sha256: sha256(text) };
		this.#files.set('service-worker.js', worker.replace(JSON.stringify(before), JSON.stringify(named)));
	}

	/** What the service worker names its table by. */
	get #named(): { readonly version: string; readonly path: string } {
		const [named = ''] = /\{"version":[^}]*\}/.exec(this.text('service-worker.js')) ?? [];
		return JSON.parse(named) as { version: string; path: string };
	}
}

/** Chunks of the build that hold a text. */
export function chunksWith(text: string): string[] {
	const folder = '_app/immutable/chunks';
	return readdirSync(posix.join('build', folder))
		.filter((name) => readFileSync(posix.join('build', folder, name), 'utf8').includes(text))
		.map((name) => posix.join(folder, name));
}

/** Asks a page's service worker, as the page itself does (`ask` of `src/lib/stored/messages.ts`). */
export function askWorker<Kind extends Question['kind']>(
	page: Page,
	question: Extract<Question, { kind: Kind }>
): Promise<Answers[Kind]> {
	return page.evaluate(async (question) => {
		const { active } = await navigator.serviceWorker.ready;
		const { port1, port2 } = new MessageChannel();
		const answer = new Promise<Answers[Kind]>((resolve) => {
			port1.onmessage = ({ data }) => resolve(data as Answers[Kind]);
		});
		active!.postMessage(question, [port2]);
		return answer;
	}, question);
}
