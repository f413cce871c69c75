import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server publishes a file. */
export interface Publishing {
	/** Default 200. */
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Bytes after which the first answers break off, one by one; later ones are whole. */
	readonly breaks?: readonly number[];
	/** Whether it can send a part; default yes. */
	readonly ranges?: boolean;
}

/** A server on this machine that stands for those that publish weights. */
export interface Publisher {
	readonly address: string;
	/** What it was asked: paths, with their range where there is one. */
	readonly asked: string[];
	publish(path: string, content: string | Uint8Array, publishing?: Publishing): void;
	/** Publishes nothing any more, and was asked nothing. */
	forget(): void;
	close(): void;
}

export async function startPublisher(): Promise<Publisher> {
	const files = new Map<string, { content: Buffer; breaks: number[] } & Publishing>();
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const { range } = request.headers;
		asked.push(`${request.url} ${range ?? ''}`.trim());
		const file = files.get(request.url!);
		if (!file) return void response.writeHead(404).end();
		const { content, status = 200, headers = {}, ranges = true, breaks } = file;
		const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? NaN);
		const isPart = ranges && status === 200 && !Number.isNaN(from);
		const start = isPart ? from : 0;
		if (isPart && start >= content.length)
			return void response.writeHead(416, { 'Content-Range': `bytes */${content.length}` }).end();
		if (isPart) response.setHeader('Content-Range', `bytes ${start}-${content.length - 1}/${content.length}`);
		response.writeHead(isPart ? 206 : status, { 'Content-Length': content.length - start, ...headers });
		const stop = breaks.shift();
		if (stop === undefined) return void response.end(content.subarray(start));
		response.write(content.subarray(start, start + stop), () => response.destroy());
	});
	// It is in one process with those that ask, which are busy for seconds: no connection must look unused by then.
	server.keepAliveTimeout = 0;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		publish: (path, content, publishing = {}) =>
			void files.set(path, {
				...publishing,
				content: Buffer.from(content),
				breaks: [...(publishing.breaks ?? [])]
			}),
		forget() {
			files.clear();
			asked.length = 0;
		},
		close() {
			server.close();
			server.closeAllConnections();
		}
	};
}
