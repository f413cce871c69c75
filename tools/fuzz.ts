/**
 * Gives the site what no one would write, and says what it made of it:
 *
 *     npm run build && npm run fuzz -- --minutes 10 [--seed 7] [--only address,graph] [--in readers|pages] [--models DIR]
 *
 * Addresses, links, graphs, blocks, files of weights, models (those of the corpus, and of a folder) and pictures are altered at random.
 * A reader has to read them or refuse them by a sentence, soon; then, in a real browser, a page has to stay alive, throw nothing and stay
 * of a size that a person reads. What breaks is made smaller while it still does, and written as a line of JSON; the last line has the
 * counts, and how many broke once and not again. Exit code 1 where anything was found.
 */
import { readArguments, readChoices, readNumber } from './arguments';
import { runCommand } from './streams';
import { find } from './fuzz/find';
import { kindNames, originals, type KindName } from './fuzz/kinds';
import { Pages } from './fuzz/pages';
import { faultOfReader } from './fuzz/readers';

const { values } = readArguments('fuzz', {
	options: {
		minutes: { type: 'string', default: '1' },
		seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
		only: { type: 'string', default: kindNames.join(',') },
		in: { type: 'string', default: 'readers,pages' },
		models: { type: 'string' }
	}
});
const minutes = readNumber('fuzz', 'minutes', values.minutes, { min: 0.01 });
const seed = readNumber('fuzz', 'seed', values.seed, { min: 0, max: 2 ** 31, isWhole: true });
const places = readChoices('fuzz', 'in', values.in, ['readers', 'pages']);
const kinds = readChoices('fuzz', 'only', values.only, kindNames);

/** Readers are a thousand times as fast. */
const share = places.length === 2 ? 0.25 : 1;
const counts: Record<string, Record<string, number>> = {};
let found = 0;
let unsteady = 0;

let first: Awaited<ReturnType<typeof originals>>;

/** Tries all kinds in turns, some of each, until the time is over. */
async function search(
	place: string,
	milliseconds: number,
	{ runs, tries }: { readonly runs: number; readonly tries: number },
	faultOf: (kind: KindName, bytes: Buffer) => Promise<string | null>
): Promise<void> {
	const until = performance.now() + milliseconds;
	const known = new Set<string>();
	for (let turn = 0; performance.now() < until; turn++) {
		const kind = kinds[turn % kinds.length]!;
		const { tried, finding } = await find(first[kind], (bytes) => faultOf(kind, bytes), {
			...{ seed: seed + turn, runs, until, tries },
			onFound: (fault, bytes) => {
				const broken = { in: place, kind, fault, length: bytes.length };
				process.stderr.write(`found, being made smaller: ${JSON.stringify(broken)}\n`);
			},
			onUnsteady: (fault, bytes) => {
				unsteady++;
				const broken = { in: place, kind, fault, base64: bytes.toString('base64') };
				process.stderr.write(`broke once, and not again: ${JSON.stringify(broken)}\n`);
			}
		});
		const ofPlace = (counts[place] ??= {});
		ofPlace[kind] = (ofPlace[kind] ?? 0) + tried;
		if (!finding) continue;
		const { fault, least } = finding;
		// The same fault, found again.
		const name = `${kind} ${fault.split('\n')[0]!.replace(/\d+/g, '')}`;
		if (known.has(name)) continue;
		known.add(name);
		found++;
		const isText = least.equals(Buffer.from(least.toString()));
		const written = isText ? { text: least.toString() } : { base64: least.toString('base64') };
		process.stdout.write(`${JSON.stringify({ in: place, kind, fault, ...written })}\n`);
	}
}

await runCommand('fuzz', async () => {
	first = await originals(values.models);
	const all = minutes * 60_000;
	if (places.includes('readers'))
		await search('readers', share * all, { runs: 500, tries: 2000 }, faultOfReader);
	if (places.includes('pages')) {
		const pages = await Pages.open();
		try {
			await search(
				'pages',
				places.length === 2 ? (1 - share) * all : all,
				{ runs: 4, tries: 40 },
				(kind, bytes) => pages.faultOf(kind, bytes)
			);
		} finally {
			await pages.close();
		}
	}
	process.stdout.write(`${JSON.stringify({ seed, minutes, counts, found, unsteady })}\n`);
	process.exitCode = found === 0 ? 0 : 1;
});
