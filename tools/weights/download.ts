import { createHash } from 'node:crypto';
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { isForPerson, WeightsToolError } from './store';

/** A digest that a file must have. */
export interface Digest {
	readonly algorithm: 'md5' | 'sha1';
	readonly hex: string;
}

export interface DownloadOptions {
	/** Gets the bytes that are there, and of how many (`null` where the server does not say). */
	readonly progress: (loaded: number, total: number | null) => void;
	/** Throws what is wrong with the content. It is kept only where this does not. */
	readonly check: (content: Uint8Array) => void;
}

/** How often one command asks for the rest of a file that breaks off, while each answer brings some of it. */
const mostAnswers = 5;

/**
 * Downloads a file, unless it is there and passes its check: from an earlier run, or because a person put it there. What broke
 * off goes on where it stopped if the server still has the same file and can do that, and begins anew if not. Nothing stands under
 * the file's name before its length, the hash that the server gives of it and its check have passed.
 * @returns the file's content
 * @throws {WeightsToolError} with the address, when the server cannot be reached, has no such file or another one
 */
export async function download(
	address: string,
	file: string,
	{ progress, check }: DownloadOptions
): Promise<Uint8Array> {
	mkdirSync(dirname(file), { recursive: true });
	const refused = checkStored(file, check);
	if (refused instanceof Uint8Array) return refused;
	const part = `${file}.part`;
	try {
		for (let answers = 1; ; answers++) {
			const before = bytesIn(part);
			const reason = await fetchRest(address, part, progress);
			if (reason === null) break;
			const loaded = bytesIn(part);
			if (answers < mostAnswers && loaded > before) continue;
			throw new WeightsToolError(
				`${address} broke off after ${loaded} bytes (${reason}); the same command goes on from there`
			);
		}
	} catch (error) {
		if (refused === null || !(error instanceof WeightsToolError)) throw error;
		throw new WeightsToolError(`${error.message}; what was there before was no good: ${refused}`);
	}
	const content = readFileSync(part);
	try {
		checkTransfer(content, readNote(part), address);
		check(content);
	} catch (error) {
		for (const path of [part, noteOf(part)]) rmSync(path, { force: true });
		throw isForPerson(error)
			? new WeightsToolError(`${address} did not send the file that it should: ${error.message}`)
			: error;
	}
	renameSync(part, file);
	rmSync(noteOf(part), { force: true });
	return content;
}

/** Content that is there and good; else why it is not, or `null` where there is none. What is not good is deleted. */
function checkStored(file: string, check: (content: Uint8Array) => void): Uint8Array | string | null {
	if (!existsSync(file)) return null;
	const content = readFileSync(file);
	try {
		check(content);
		return content;
	} catch (error) {
		if (!isForPerson(error)) throw error;
		rmSync(file);
		return `${file}: ${error.message}; it was deleted`;
	}
}

/** @throws {WeightsToolError} with both digests */
export function checkDigest(content: Uint8Array, { algorithm, hex }: Digest): void {
	const actual = createHash(algorithm).update(content).digest('hex');
	if (actual !== hex) throw new WeightsToolError(`its ${algorithm} is ${actual}, expected ${hex}`);
}

const noteSchema = v.object({
	version: v.nullable(v.string()),
	bytes: v.nullable(v.number()),
	md5: v.nullable(v.string())
});
/** What a server said of a file, written beside the part that has come, so that only the same file is gone on with. */
type Note = v.InferOutput<typeof noteSchema>;

const noteOf = (part: string): string => `${part}.json`;

function readNote(part: string): Note | null {
	try {
		return v.parse(noteSchema, JSON.parse(readFileSync(noteOf(part), 'utf8')));
	} catch {
		// None, or one that was not written to its end: then nothing is known of the part.
		return null;
	}
}

/** What the headers of a whole answer say of the file. */
function noteFrom({ headers }: Response): Note {
	const length = headers.get('content-length');
	return {
		version: versionOf(headers),
		bytes: length === null || headers.has('content-encoding') ? null : Number(length),
		// Google's storage gives it of every file.
		md5: /(?:^|[, ])md5=([\w+/=]+)/.exec(headers.get('x-goog-hash') ?? '')?.[1] ?? null
	};
}

const versionOf = (headers: Headers): string | null => headers.get('etag') ?? headers.get('last-modified');

const bytesIn = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Fetches what is missing of a file. @returns `null` when all is there, else why it broke off */
async function fetchRest(
	address: string,
	part: string,
	progress: DownloadOptions['progress']
): Promise<string | null> {
	const known = readNote(part);
	let start = known ? bytesIn(part) : 0;
	if (known && start > 0 && start === known.bytes) return null;
	let response = await request(address, start > 0 ? { Range: `bytes=${start}-` } : {});
	if (start > 0 && !(known && isRest(response, start, known))) {
		start = 0;
		if (response.status !== 200) {
			await response.body?.cancel();
			response = await request(address, {});
		}
	}
	if (response.status !== (start > 0 ? 206 : 200))
		throw new WeightsToolError(`${address}: the server answered ${response.status}`);
	if (start === 0) writeFileSync(noteOf(part), JSON.stringify(noteFrom(response)));
	const total = start === 0 ? noteFrom(response).bytes : known!.bytes;
	let loaded = start;
	// Written at once: what has come when the rest does not is what the next try goes on from.
	const written = openSync(part, start > 0 ? 'a' : 'w');
	try {
		for await (const bytes of response.body!) {
			writeFileSync(written, bytes);
			progress((loaded += bytes.length), total);
		}
		return null;
	} catch (error) {
		return reasonOf(error);
	} finally {
		closeSync(written);
	}
}

/** Whether an answer is the rest of the file that a part is of. */
function isRest({ status, headers }: Response, start: number, known: Note): boolean {
	const [, from, of] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
	return (
		status === 206 &&
		Number(from) === start &&
		(known.bytes === null || of === '*' || Number(of) === known.bytes) &&
		versionOf(headers) === known.version
	);
}

/** What a server said of a file must hold of what came. */
function checkTransfer(content: Uint8Array, note: Note | null, address: string): void {
	if (!note) return;
	if (note.bytes !== null && content.length !== note.bytes)
		throw new WeightsToolError(`${content.length} bytes came, and ${address} announced ${note.bytes}`);
	if (note.md5 !== null)
		checkDigest(content, { algorithm: 'md5', hex: Buffer.from(note.md5, 'base64').toString('hex') });
}

async function request(address: string, headers: Record<string, string>): Promise<Response> {
	let response: Response;
	try {
		// As it is: a part of what was compressed on the way could not be gone on with.
		response = await fetch(address, { headers: { 'Accept-Encoding': 'identity', ...headers } });
	} catch (error) {
		throw new WeightsToolError(`${address} cannot be reached: ${reasonOf(error)}`);
	}
	// Before anything is written: the part that is there may still be good.
	const type = response.headers.get('content-type') ?? '';
	if (response.ok && /^(text\/html|application\/xhtml)/i.test(type)) {
		await response.body?.cancel();
		throw new WeightsToolError(
			`${address}: a web page came in the place of the file, as from a network that one has to sign in to`
		);
	}
	if (response.ok || response.status === 416) return response;
	await response.body?.cancel();
	throw new WeightsToolError(`${address}: the server answered ${response.status}`);
}

/** Why a request failed: Node's own word for it stands in the cause, and of several addresses only a code. */
function reasonOf(error: unknown): string {
	const cause = (error instanceof Error ? error.cause : undefined) ?? error;
	if (!(cause instanceof Error)) return String(cause);
	return cause.message || String((cause as NodeJS.ErrnoException).code ?? cause.name);
}
