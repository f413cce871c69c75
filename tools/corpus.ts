/**
 * Broken and odd pictures of other projects, and the sentence that each gets in the playground:
 *
 *     npm run build && npm run corpus -- DIR [--record]
 *
 * Brings what is not in DIR yet from the projects' public repositories, checks it by its hash, gives each to a page in a real browser,
 * and compares what the page says with `tests/corpus/others.json`. `--record` writes it there anew. Our own, which need nothing to be
 * brought, are made and checked by the unit tests (`tests/corpus`). Exit code 1 where a sentence is another.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { readArguments } from './arguments';
import { refuse, runCommand } from './streams';
import { launchBrowser, openPage, smallNetwork } from './browser';
import { serveSite } from './siteServer';

interface OtherFile {
	readonly path: string;
	readonly sha256: string;
	/** `null` where it is shown. */
	readonly sentence: string | null;
}

interface Others {
	readonly comment: string;
	readonly repositories: readonly {
		readonly repository: string;
		readonly commit: string;
		readonly files: readonly OtherFile[];
	}[];
}

const list = 'tests/corpus/others.json';
const { values, positionals } = readArguments('corpus', {
	allowPositionals: true,
	options: { record: { type: 'boolean', default: false } }
});
const [folder] = positionals;
if (folder === undefined || positionals.length > 1)
	refuse('corpus', 'name the folder in which the files are kept');

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A file, brought where it is not there. @throws Error where it is not the one that the list means */
async function bring(repository: string, commit: string, file: OtherFile): Promise<string> {
	const at = join(folder!, repository, file.path);
	if (!existsSync(at)) {
		const address = `https://raw.githubusercontent.com/${repository}/${commit}/${file.path}`;
		const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
		if (!response.ok) throw new Error(`${address}: ${response.status}`);
		mkdirSync(dirname(at), { recursive: true });
		writeFileSync(at, new Uint8Array(await response.arrayBuffer()));
	}
	const actual = sha256(readFileSync(at));
	if (actual !== file.sha256) throw new Error(`${at} has the hash ${actual}, expected ${file.sha256}`);
	return at;
}

/** What the page says of a picture; `null` where it shows it. */
async function sentenceOf(page: Page, path: string): Promise<string | null> {
	const name = path.split('/').pop()!;
	await page.locator('input[accept="image/*"]').setInputFiles(path);
	const alert = page.locator('.panel [role=alert]').filter({ hasText: name });
	await alert
		.or(page.getByRole('img', { name, exact: true }))
		.first()
		.waitFor();
	return (await alert.count()) > 0 ? (await alert.innerText()).trim() : null;
}

await runCommand('corpus', async () => {
	const { comment, repositories } = JSON.parse(readFileSync(list, 'utf8')) as Others;
	const server = await serveSite();
	const browser = await launchBrowser();
	let others = 0;
	let count = 0;
	try {
		const page = await browser.newPage({ serviceWorkers: 'block' });
		await openPage(page, `${server.url}/en/playground?${smallNetwork}`);
		const found: Others['repositories'][number][] = [];
		for (const { repository, commit, files } of repositories) {
			const ofIt: OtherFile[] = [];
			for (const file of files) {
				const sentence = await sentenceOf(page, await bring(repository, commit, file));
				ofIt.push({ ...file, sentence });
				count++;
				if (sentence === file.sentence || values.record) continue;
				others++;
				process.stdout.write(`${repository}/${file.path}: ${sentence}\n  expected: ${file.sentence}\n`);
			}
			found.push({ repository, commit, files: ofIt });
		}
		if (values.record)
			writeFileSync(list, `${JSON.stringify({ comment, repositories: found }, null, '\t')}\n`);
	} finally {
		await browser.close();
		await server.close();
	}
	process.stdout.write(`${JSON.stringify({ files: count, others })}\n`);
	process.exitCode = others === 0 ? 0 : 1;
});
