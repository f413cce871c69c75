import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkDigest, download } from '../../../tools/weights/download';
import { startPublisher, type Publisher } from './publisher';

const folder = mkdtempSync(join(tmpdir(), 'lightnets-download-'));
const file = join(folder, 'weights.bin');
const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) >> 3);
const sha1 = createHash('sha1').update(content).digest('hex');
const isIt = (bytes: Uint8Array) => checkDigest(bytes, { algorithm: 'sha1', hex: sha1 });
const path = '/weights.bin';
/** How the rest of it is asked for: how much had come by then is up to the connection. */
const rest = /^\/weights\.bin bytes=[1-9]\d*-$/;
let publisher: Publisher;

beforeAll(async () => void (publisher = await startPublisher()));
afterAll(() => {
	publisher.close();
	rmSync(folder, { recursive: true });
});
beforeEach(() => {
	publisher.forget();
	for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

const get = (check: (bytes: Uint8Array) => void = isIt, progress: () => void = () => {}) =>
	download(publisher.address + path, file, { check, progress });

/** Nothing is kept, under whatever name. */
const expectNothing = () => expect(readdirSync(folder)).toEqual([]);

/** The file is kept, and nothing beside it. */
function expectStored(): void {
	expect(readdirSync(folder)).toEqual(['weights.bin']);
	expect(Buffer.compare(readFileSync(file), content)).toBe(0);
}

describe('download', () => {
	it('fetches a file once, and says how far it is', async () => {
		publisher.publish(path, content);
		const said: [number, number | null][] = [];
		const progress = (...of: [number, number | null]) => void said.push(of);
		const options = { check: isIt, progress };
		expect(await download(publisher.address + path, file, options)).toHaveLength(content.length);
		await download(publisher.address + path, file, options);
		expectStored();
		expect(said.at(-1)).toEqual([content.length, content.length]);
		expect(publisher.asked).toEqual([path]);
	});

	it('asks for the rest of what breaks off, as long as more of it comes', async () => {
		publisher.publish(path, content, { headers: { ETag: '"1"' }, breaks: [100_000, 50_000] });
		await get();
		expectStored();
		expect(publisher.asked[0]).toBe(path);
		expect(publisher.asked.slice(1)).toEqual(Array(2).fill(expect.stringMatching(rest)));
	});

	it('leaves the rest to the next command where no more of it comes', async () => {
		publisher.publish(path, content, { breaks: [100_000, 0] });
		await expect(get()).rejects.toThrow(/broke off after [1-9]\d* bytes .*; the same command goes on/);
		expect(readdirSync(folder)).toEqual(['weights.bin.part', 'weights.bin.part.json']);
		publisher.asked.length = 0;
		await get();
		expectStored();
		expect(publisher.asked).toEqual([expect.stringMatching(rest)]);
	});

	/** Leaves some of another file there, as if the command had been stopped then. */
	async function breakOff(publishing = {}): Promise<void> {
		publisher.publish(
			path,
			content.map((byte) => byte ^ 1),
			{ ...publishing, breaks: [100_000, 0] }
		);
		await expect(get()).rejects.toThrow('broke off');
		publisher.asked.length = 0;
	}

	it.each([
		['has another version by its ETag', { ETag: '"1"' }, { headers: { ETag: '"2"' } }, content],
		[
			'has another version by its date',
			{ 'Last-Modified': 'Thu, 01 Jan 2026 00:00:00 GMT' },
			{ headers: { 'Last-Modified': 'Fri, 02 Jan 2026 00:00:00 GMT' } },
			content
		],
		['cannot send a part', {}, { ranges: false }, content]
	])('begins anew where the server %s', async (_, headers, publishing, now) => {
		await breakOff({ headers });
		publisher.publish(path, now, publishing);
		await get();
		expectStored();
		expect(publisher.asked[0]).toMatch(rest);
		expect(publisher.asked.slice(1)).toEqual('ranges' in publishing ? [] : [path]);
	});

	it.each([200_000, 50_000])('begins anew where the file has another length by now: %i', async (length) => {
		await breakOff();
		publisher.publish(path, content.subarray(0, length));
		const bytes = await get((bytes) => expect(bytes).toHaveLength(length));
		expect(Buffer.compare(bytes, content.subarray(0, length))).toBe(0);
	});

	it('begins anew where it is not known of what a part is', async () => {
		publisher.publish(path, content);
		writeFileSync(`${file}.part`, 'half');
		await get();
		expectStored();
		expect(publisher.asked).toEqual([path]);
	});

	it('keeps no page that a network sends in the place of a file, and what had come before stays', async () => {
		const page = '<!doctype html><title>Sign in</title>';
		const html = { headers: { 'Content-Type': 'text/html; charset=utf-8' } };
		publisher.publish(path, page, html);
		await expect(get(() => {})).rejects.toThrow('a web page came in the place of the file');
		expectNothing();

		publisher.publish(path, content, { breaks: [100_000, 0] });
		await expect(get()).rejects.toThrow('broke off');
		publisher.publish(path, page, { ...html, ranges: false });
		await expect(get()).rejects.toThrow('a web page');
		publisher.publish(path, content);
		publisher.asked.length = 0;
		await get();
		expect(publisher.asked).toEqual([expect.stringMatching(rest)]);
		expectStored();
	});

	it('keeps nothing that does not pass its check', async () => {
		publisher.publish(path, content.subarray(0, 299_999));
		await expect(get()).rejects.toThrow(`expected ${sha1}`);
		expectNothing();
	});

	it('holds a file against the hash that its server gives', async () => {
		const hash = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('base64');
		const headers = (md5: string) => ({ headers: { 'x-goog-hash': `crc32c=AAAAAA==,md5=${md5}` } });
		publisher.publish(path, content, headers(hash(Uint8Array.of(1))));
		await expect(get(() => {})).rejects.toThrow(/its md5 is \w{32}, expected 55a54008/);
		expectNothing();
		publisher.publish(path, content, headers(hash(content)));
		await get(() => {});
		expectStored();
	});

	it('takes a file that a person laid there, if it is the one', async () => {
		writeFileSync(file, content);
		await get();
		expect(publisher.asked).toEqual([]);
		writeFileSync(file, 'another');
		await expect(get()).rejects.toThrow(/answered 404; what was there before was no good: .*its sha1 is/);
		expectNothing();
		writeFileSync(file, 'another');
		publisher.publish(path, content);
		await get();
		expectStored();
	});

	it('says what the server answered, and keeps nothing of it', async () => {
		publisher.publish(path, 'Too many requests', { status: 429 });
		await expect(get()).rejects.toThrow('/weights.bin: the server answered 429');
		await expect(download('http://127.0.0.1:9/', file, { check: isIt, progress: () => {} })).rejects.toThrow(
			/cannot be reached: \S+/
		);
		expectNothing();
	});
});
