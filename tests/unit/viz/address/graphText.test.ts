import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatGraph, graphLimits, networks } from '$lib/nets';
import { decodeGraph, encodeGraph } from '$lib/viz/address/graphText';

describe('encodeGraph', () => {
	it('is undone by decodeGraph', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
				async (text) => {
					expect(await decodeGraph(await encodeGraph(text))).toBe(text);
				}
			)
		);
	});

	it('takes only characters that an address leaves as they are', async () => {
		expect(await encodeGraph('{"név":"网络"}'.repeat(40))).toMatch(/^d[\w-]+$/);
	});

	it('brings MobileNet under the length of an address', async () => {
		const code = await encodeGraph(formatGraph(networks.mobilenet.build()));
		expect(code.length).toBeLessThan(8000);
	});
});

describe('decodeGraph', () => {
	it.each(['', 'x', 'd', 'dAAAA', 'd!!!', 't*', 't_w', 'dabc'])('gives null for %j', async (code) => {
		expect([null, '']).toContain(await decodeGraph(code));
	});

	it('stops at what is longer than is read', async () => {
		const bomb = await encodeGraph(' '.repeat(graphLimits.jsonLength + 1));
		expect(bomb.length).toBeLessThan(10_000);
		expect(await decodeGraph(bomb)).toBe(null);
	});

	it('never throws, whatever the text', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string(), fc.constantFrom('d', 't', ''), async (text, kind) => {
				const decoded = await decodeGraph(kind + text);
				expect(decoded === null || typeof decoded === 'string').toBe(true);
			})
		);
	});
});
