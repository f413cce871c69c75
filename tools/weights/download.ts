import { createHash } from 'node:crypto';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync
} from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WeightsToolError } from './store';

/** A digest that a file must have. */
export interface Digest {
	readonly algorithm: 'md5' | 'sha1';
	readonly hex: string;
}

/**
 * Downloads a file, unless it is there. What broke off goes on where it stopped, if the server can do that.
 * @param progress gets the bytes that are there, and of how many (`null` where the server does not say)
 * @throws {WeightsToolError} with the address, when the server cannot be reached or has no such file
 */
export async function download(
	address: string,
	file: string,
	progress: (loaded: number, total: number | null) => void
): Promise<void> {
	if (existsSync(file)) return;
	mkdirSync(dirname(file), { recursive: true });
	const part = `${file}.part`;
	const start = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
	const response = await request(address, start > 0 ? { Range: `bytes=${start}-` } : {});
	// 416: the part has all bytes already.
	if (response.status !== 416) {
		const resumed = response.status === 206;
		let loaded = resumed ? start : 0;
		const length = response.headers.get('content-length');
		const total = length === null ? null : loaded + Number(length);
		const body = Readable.fromWeb(response.body as never);
		body.on('data', (bytes: Buffer) => progress((loaded += bytes.length), total));
		const written = createWriteStream(part, { flags: resumed ? 'a' : 'w' });
		try {
			await pipeline(body, written);
		} catch (error) {
			// What is still being written counts for where the next try goes on.
			if (!written.closed) await new Promise((resolve) => written.once('close', resolve));
			const reason = error instanceof Error ? error.message : String(error);
			throw new WeightsToolError(
				`${address} broke off after ${loaded} bytes (${reason}); the same command goes on from there`
			);
		}
	}
	renameSync(part, file);
}

/**
 * Checks a file's digest; one that is wrong is deleted, so that it is fetched anew.
 * @throws {WeightsToolError} with both digests
 */
export function checkDigest(content: Uint8Array, { algorithm, hex }: Digest, file: string): void {
	const actual = createHash(algorithm).update(content).digest('hex');
	if (actual === hex) return;
	rmSync(file, { force: true });
	throw new WeightsToolError(`${file}: its ${algorithm} is ${actual}, expected ${hex}; it was deleted`);
}

/** Downloads a file and reads it. */
export async function fetchBytes(
	address: string,
	file: string,
	progress: (loaded: number, total: number | null) => void
): Promise<Uint8Array> {
	await download(address, file, progress);
	return readFileSync(file);
}

async function request(address: string, headers: Record<string, string>): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(address, { headers });
	} catch (error) {
		const cause = error instanceof Error ? ((error.cause as Error | undefined) ?? error) : error;
		throw new WeightsToolError(
			`${address} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`
		);
	}
	if (response.ok || response.status === 416) return response;
	throw new WeightsToolError(`${address}: the server answered ${response.status}`);
}
