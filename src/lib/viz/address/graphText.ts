import { graphLimits } from '$lib/nets/types';

/** A graph's JSON as text for an address: the first character says how, `d` compressed or `t` as it is; then base64url. */
export async function encodeGraph(text: string): Promise<string> {
	const bytes = new TextEncoder().encode(text);
	const packed = await through(bytes, new CompressionStream('deflate-raw'), Infinity);
	return packed && packed.length < bytes.length ? `d${toBase64(packed)}` : `t${toBase64(bytes)}`;
}

/** The inverse of {@link encodeGraph}; `null` where it is no such text, or one that unpacks to more than is read. */
export async function decodeGraph(code: string): Promise<string | null> {
	const bytes = fromBase64(code.slice(1));
	if (!bytes || (code[0] !== 'd' && code[0] !== 't')) return null;
	try {
		const unpacked =
			code[0] === 'd'
				? await through(bytes, new DecompressionStream('deflate-raw'), graphLimits.jsonLength)
				: bytes;
		return unpacked && new TextDecoder('utf-8', { fatal: true }).decode(unpacked);
	} catch {
		return null;
	}
}

type Bytes = Uint8Array<ArrayBuffer>;

/** A thousand times as many bytes come of those that are given at once at most, all of them before they can be refused. */
function piecesOf(bytes: Bytes, size: number): ReadableStream<Bytes> {
	let at = 0;
	return new ReadableStream({
		pull(controller) {
			if (at < bytes.length) controller.enqueue(bytes.subarray(at, at + size));
			else controller.close();
			at += size;
		}
	});
}

/** What comes out of a stream; `null` where it is more than `max` bytes. */
async function through(
	bytes: Bytes,
	transform: ReadableWritablePair<Bytes, BufferSource>,
	max: number
): Promise<Bytes | null> {
	const reader = piecesOf(bytes, max === Infinity ? bytes.length : 1024)
		.pipeThrough(transform)
		.getReader();
	const chunks: Bytes[] = [];
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		length += value.length;
		if (length > max) {
			await reader.cancel();
			return null;
		}
		chunks.push(value);
	}
	return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function toBase64(bytes: Bytes): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64(text: string): Bytes | null {
	if (!/^[\w-]*$/.test(text)) return null;
	try {
		return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
			char.charCodeAt(0)
		);
	} catch {
		return null;
	}
}
