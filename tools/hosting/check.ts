import { headersFor } from '../../src/hostHeaders.ts';

/**
 * Asks a host for a page, a file and what there is not, and compares what it sends with the table.
 * @param address of the site: `https://user.github.io/repo`
 * @returns a sentence for each thing that is otherwise; none where all is well
 */
export async function checkHost(address: string): Promise<string[]> {
	const root = address.replace(/\/+$/, '');
	const home = await fetch(`${root}/en`);
	const html = await home.text();
	const immutable = /_app\/immutable\/[\w./-]+\.js/.exec(html)?.[0];
	if (home.status !== 200 || immutable === undefined)
		return [`/en: status ${home.status}${immutable === undefined ? ', and no page of this site' : ''}`];
	const there = [
		...['/', '/en', '/zh/ops/standard', '/en/embed/ops/standard', '/service-worker.js'],
		...[`/${immutable}`, '/weights/cifar10-mobilenet/model.json']
	];
	const notThere = ['/en/nowhere', '/_app/immutable/nowhere.js'];
	const found = await Promise.all([
		...there.map((path) => checkAnswer(root, path, 200, path)),
		...notThere.map((path) => checkAnswer(root, path, 404, '/404.html')),
		checkSlash(root)
	]);
	return found.flat();
}

/** What is otherwise with one answer, which should have the headers of `like`. */
async function checkAnswer(root: string, path: string, status: number, like: string): Promise<string[]> {
	const response = await fetch(root + path, { redirect: 'manual' });
	const text = await response.text();
	const problems: string[] = [];
	if (response.status !== status) problems.push(`${path}: status ${response.status}, expected ${status}`);
	if (status === 404 && !text.includes('/_app/immutable/'))
		problems.push(`${path}: not this site's own page for what there is not (404.html)`);
	for (const [name, value] of Object.entries(headersFor(like))) {
		const sent = response.headers.get(name);
		if (sent !== value) problems.push(`${path}: ${name} is ${sent ?? 'not sent'}, expected ${value}`);
	}
	return problems;
}

/** An address that ends in a slash shows its page: led to the address without, or as a page that is made for it. */
async function checkSlash(root: string): Promise<string[]> {
	const path = '/en/ops/standard/?step=3';
	const response = await fetch(root + path);
	const html = await response.text();
	if (!response.ok) return [`${path}: status ${response.status}, expected the page of /en/ops/standard`];
	const problems: string[] = [];
	if (!response.url.endsWith('?step=3'))
		problems.push(`${path}: leads to ${response.url}, without its state`);
	const script = /"([^"]*_app\/immutable\/[\w./-]+\.js)"/.exec(html)?.[1];
	const file = script === undefined ? null : await fetch(new URL(script, response.url), { method: 'HEAD' });
	if (!file?.ok) problems.push(`${path}: the page's files are not found from this address`);
	return problems;
}
