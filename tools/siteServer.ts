import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
// The middleware of Express: what a host compresses, by type and size, is its business and not ours.
import compression from 'compression';
import sirv from 'sirv';
import { headersFor } from '../src/hostHeaders';
import { CommandError } from './streams';

export interface SiteServer {
	/** Without a slash at the end. */
	readonly url: string;
	close(): Promise<void>;
}

interface SiteOptions {
	readonly folder?: string;
	/** 0 takes one that is free. */
	readonly port?: number;
}

/**
 * Serves the built site as a static host does, compressed, with the headers of {@link headersFor}: at `/`, and at `/repo/` as under
 * `user.github.io/repo/`. An address that ends with a slash is the page of that folder, `…/index.html`.
 * @throws where the port is taken, or where there is no build.
 */
export async function serveSite({ folder = 'build', port = 0 }: SiteOptions = {}): Promise<SiteServer> {
	if (!existsSync(folder)) throw new CommandError(`${folder} is not there: npm run build makes it`);
	const compress = compression();
	const files = sirv(folder, {
		dev: false,
		etag: true,
		// Otherwise sirv sends its own: each host has what the table says.
		setHeaders: (response, path) => {
			for (const [name, value] of Object.entries(headersFor(path))) response.setHeader(name, value);
		}
	});
	const missing = join(folder, '404.html');
	const server = createServer((request, response) => {
		const url = (request.url ?? '/').replace(/^\/repo(?=\/)/, '');
		// The page of a folder, not the one beside it, whose relative links would lead one folder too high.
		request.url = url.replace(/\/(?=$|\?)/, '/index.html');
		compress(request as never, response as never, () =>
			files(request, response, () => {
				for (const [name, value] of Object.entries(headersFor('/404.html'))) response.setHeader(name, value);
				response
					.writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
					.end(existsSync(missing) ? readFileSync(missing) : '');
			})
		);
	});
	await listen(server, port);
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};
}

function listen(server: Server, port: number): Promise<void> {
	return new Promise((done, fail) => {
		server.once('error', fail);
		server.listen(port, '127.0.0.1', done);
	});
}
