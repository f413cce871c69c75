import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkHost } from '../../../tools/hosting/check';
import { addressOf, hostingFiles, netlifyHeaders, vercel } from '../../../tools/hosting/files';
import { headersFor, headersOf, parts } from '../../../src/hostHeaders';

/** Files as the build has them: of each kind, pages as one file and in folders. */
const files = [
	...['404.html', 'index.html', 'icon.svg', 'service-worker.js', '_app/version.json'],
	...['_app/immutable/chunks/a.js', '_app/immutable/entry/start.b.js'],
	...['en', 'zh'].flatMap((language) => [
		...[`${language}.html`, `${language}/index.html`, `${language}/compare.html`],
		...[`${language}/compare/__data.json`, `${language}/ops/standard.html`, `${language}/ops/group.html`],
		...[`${language}/embed/ops/standard.html`, `${language}/embed/ops/group.html`]
	]),
	...['weights/xception/model.json', 'weights/xception/group1-shard1of2.bin']
].sort();
const lower = (headers: Record<string, string>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

describe('headersFor', () => {
	it('isolates every page, and lets others frame what is made for that, and nothing else', () => {
		for (const path of files.map(addressOf)) {
			const headers = headersFor(path);
			expect(headers).toMatchObject({
				'Cross-Origin-Opener-Policy': 'same-origin',
				'Cross-Origin-Embedder-Policy': 'require-corp',
				'X-Content-Type-Options': 'nosniff'
			});
			const forOthers = path.includes('/embed/');
			expect(headers['Content-Security-Policy']).toBe(`frame-ancestors ${forOthers ? '*' : "'self'"}`);
			expect(headers['Cross-Origin-Resource-Policy']).toBe(forOthers ? 'cross-origin' : 'same-origin');
		}
	});

	it('lets only what has its hash in its name be kept unasked', () => {
		const unasked = files.filter((file) => headersFor(addressOf(file))['Cache-Control'] !== 'no-cache');
		expect(unasked).toEqual(files.filter((file) => file.startsWith('_app/immutable/')));
		expect(headersFor('/_app/immutable/a.js')['Cache-Control']).toContain('immutable');
	});
});

describe('files for hosts', () => {
	it('in hosting/ are those of the table; if not, "npm run hosting" writes them', () => {
		const written = readdirSync('hosting').map((name) => [name, readFileSync(`hosting/${name}`, 'utf8')]);
		expect(new Map(written as [string, string][])).toEqual(hostingFiles());
	});

	it('stand below the base path where the site does', () => {
		const texts = [...hostingFiles('/repo')].filter(([name]) => name !== 'vercel.json');
		for (const text of [...texts.map(([, text]) => text), netlifyHeaders(files, '/repo')])
			for (const { pattern } of parts) {
				const folder = pattern.split('/').at(-2)!;
				for (const line of text.split('\n').filter((of) => of.includes(`/${folder}/`)))
					expect(line, folder).toContain('/repo');
			}
	});

	it.each(['', '/repo'] as const)('_headers sends each header once, as in the table: base "%s"', (base) => {
		const rules = netlifyHeaders(files, base)
			.split('\n\n')
			.slice(1)
			.map((block) => {
				const [path, ...lines] = block.trimEnd().split('\n') as [string, ...string[]];
				return { path, headers: lines.map((line) => line.trim().split(': ') as [string, string]) };
			});
		// What Cloudflare allows.
		expect(rules.length).toBeLessThan(100);
		for (const file of files) {
			const address = base + addressOf(file);
			const sent = rules
				.filter(
					({ path }) => address === path || (path.endsWith('*') && address.startsWith(path.slice(0, -1)))
				)
				.flatMap(({ headers }) => headers);
			expect(sent.sort(), address).toEqual(Object.entries(headersFor(addressOf(file))).sort());
		}
	});

	it('_headers names no path that a part shares with the rest', () => {
		const text = netlifyHeaders(['en/a/embed.html', 'en/embed/a.html', 'en/ops/a.html', 'en/ops/b.html']);
		expect(text.match(/^\/.*$/gm)).toEqual(['/*', '/en/a/*', '/en/embed/*', '/en/ops/*']);
	});

	it('vercel.json has one rule for each path', () => {
		const { headers } = JSON.parse(vercel()) as {
			headers: { source: string; headers: { key: string; value: string }[] }[];
		};
		for (const address of files.map(addressOf)) {
			const found = headers.filter(({ source }) => new RegExp(`^${source}$`).test(address));
			expect(found, address).toHaveLength(1);
			const sent = found[0]!.headers.map(({ key, value }) => [key, value]);
			expect(Object.fromEntries(sent), address).toEqual(headersFor(address));
		}
	});
});

describe('checkHost', () => {
	async function check(listener: RequestListener): Promise<string[]> {
		const server = createServer(listener);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			return await checkHost(`http://127.0.0.1:${(server.address() as AddressInfo).port}/repo/`);
		} finally {
			server.close();
			server.closeAllConnections();
		}
	}
	const page = '<link href="/repo/_app/immutable/entry/start.b.js">';
	/** A host that does it all, but for what is asked of it. */
	const host =
		(headersOf: (path: string) => Record<string, string>, redirect = true): RequestListener =>
		(request, response) => {
			const path = request.url!.replace(/^\/repo/, '');
			const [place, query] = path.split('?');
			if (redirect && /.\/$/.test(place!))
				return void response.writeHead(301, { location: `/repo${place!.slice(0, -1)}?${query}` }).end();
			const isThere = !path.includes('nowhere') && !/.\/$/.test(place!);
			response.writeHead(isThere ? 200 : 404, headersOf(isThere ? path : '/404.html')).end(page);
		};

	it('finds nothing where a host does what it should', async () => {
		expect(await check(host(headersFor))).toEqual([]);
	});

	it('says what is not sent, or otherwise', async () => {
		const problems = await check(
			host((path) => ({ ...lower(headersFor(path)), 'cache-control': 'max-age=600' }), false)
		);
		expect(problems).toContain('/en: Cache-Control is max-age=600, expected no-cache');
		expect(problems).toContainEqual(
			expect.stringMatching(/^\/_app\/immutable\/entry\/start\.b\.js: Cache-Control/)
		);
		expect(problems).toContain('/en/ops/standard/?step=3: status 404, expected the page of /en/ops/standard');
		const none = await check(host(() => ({})));
		expect(none).toContain("/en: Content-Security-Policy is not sent, expected frame-ancestors 'self'");
		expect(none.filter((problem) => problem.startsWith('/en: '))).toHaveLength(
			Object.keys(headersOf()).length
		);
	});

	it('says where there is no such site', async () => {
		expect(await check((_, response) => void response.writeHead(404).end())).toEqual([
			'/en: status 404, and no page of this site'
		]);
	});
});
