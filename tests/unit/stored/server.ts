import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256, type FileFacts } from '../../../src/lib/stored/check';

/** An answer: its body, and what else it is where it is not a well one. */
export interface Answer {
	readonly body: string;
	readonly type?: string;
	readonly status?: number;
	/** Breaks off before its end. */
	readonly isCut?: boolean;
}

/** A host whose answers a test sets: of several under one path, the first is given first, and the last from then on. */
export class TestHost {
	readonly answers = new Map<string, Answer[]>();
	readonly asked: string[] = [];
	readonly #server: Server;
	base = '';

	constructor() {
		this.#server = createServer((request, response) => {
			const path = request.url!.replace(/^\/base\//, '').replace(/\?.*/, '');
			this.asked.push(path);
			const answers = this.answers.get(path);
			const answer = answers && answers.length > 1 ? answers.shift()! : answers?.[0];
			if (!answer) return void response.writeHead(404).end();
			const { body, type = 'application/octet-stream', status = 200, isCut = false } = answer;
			response.writeHead(status, {
				'content-type': type,
				...(isCut && { 'content-length': body.length + 9 })
			});
			if (isCut) response.write(body, () => response.destroy());
			else response.end(body);
		});
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		this.base = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/base/`;
	}

	close(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}
}

export async function factsOf(body: string): Promise<FileFacts> {
	const bytes = new TextEncoder().encode(body);
	return { bytes: bytes.length, sha256: (await sha256(bytes))! };
}
