import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOf, stored, type Stored } from '../../../src/routes/[lang=lang]/(site)/privacy/stored';

/** A use of the browser's storage: where, and under which key. */
interface Use {
	readonly place: string;
	readonly key: string;
}

/** Ways to keep something in a browser. Each mention of one has to be in a form that is read here, so that none is missed. */
const ways =
	/\b(keepText|readText)\b(?=\()|\b(localStorage|sessionStorage|indexedDB|cookieStore|openDatabase|cacheName)\b|\bcaches\b(?=\s*[.[])|\bdocument\s*\.\s*cookie\b|\bstorage\s*\.\s*getDirectory\b/g;

const argument = String.raw`\(\s*('[^']*'|"[^"]*"|\`[^\`]*\`|[\w.]+)`;
/** The forms: a method with a key, a property by its name, or what keeps nothing. */
const method = new RegExp(String.raw`^(\w+)\.(?:getItem|setItem|removeItem|open)${argument}\s*[,)]`);
const property = /^(localStorage|sessionStorage)\.(?!getItem|setItem|removeItem|key\b|length\b|clear\b)(\w+)/;
/** Short texts, which are kept by way of `lib/stored/texts`. */
const shortText = new RegExp(String.raw`^(?:keepText|readText)\(\s*'(device|tab)'\s*,\s*(?:'([^']*)'|(\w+))`);
const harmless =
	/^(caches\.(keys\(\)|match\(|delete\(|has\()|(localStorage|sessionStorage)\.(length\b|key\())/;

/** Code without its comments, in which words like these may stand. */
const bare = (text: string) =>
	text.replace(/\/\*[^]*?\*\/|<!--[^]*?-->|(?<=^|[\s;{}(,])\/\/.*/gm, (comment) =>
		comment.replace(/[^\n]/g, ' ')
	);

/** The text of an argument: a literal, or a constant of the file or of its neighbours. What is put into a template stands as `*`, with all after it. */
function textOf(code: string, argument: string): string {
	const literal = /^(['"`])([^]*)\1$/.exec(argument);
	if (literal) return literal[2]!.replace(/\$\{[^]*$/, '*');
	const constant = new RegExp(
		String.raw`\bconst ${argument.replace('.', '\\.')}(?::[^=]+)?\s*=\s*('[^']*'|"[^"]*"|\`[^\`]*\`)`
	).exec(code);
	if (!constant)
		throw new Error(
			`which key ${argument} is cannot be read: make it a literal, or a constant of the file or of one beside it`
		);
	return textOf(code, constant[1]!);
}

/** The code beside a file from which it takes the name; a constant may be kept once for two files of a folder. */
function besideOf(file: string, text: string, name: string): string {
	if (!/^\w+$/.test(name)) return '';
	const from = new RegExp(String.raw`^import \{[^}]*\b${name}\b[^}]*\} from '\./([\w.]+)';`, 'm').exec(text);
	return from ? bare(readFileSync(`${dirname(file)}/${from[1]}.ts`, 'utf8')) : '';
}

function usesIn(text: string, file = ''): Use[] {
	const code = bare(text);
	return [...code.matchAll(ways)].flatMap(({ index }) => {
		const here = code.slice(index, index + 300);
		if (harmless.test(here)) return [];
		const short = shortText.exec(here);
		if (short) {
			const place = short[1] === 'device' ? 'localStorage' : 'sessionStorage';
			return [{ place, key: short[2] ?? textOf(code, short[3]!) }];
		}
		const called = method.exec(here);
		if (called)
			return [{ place: called[1]!, key: textOf(code + besideOf(file, text, called[2]!), called[2]!) }];
		const named = property.exec(here);
		if (named) return [{ place: named[1]!, key: named[2]! }];
		throw new Error(`a use of storage in a form that this test cannot read: ${here.split('\n')[0]}`);
	});
}

/** Where keys are not its own: the list itself with what goes through it, and the way for short texts. */
const others = ['src/routes/[lang=lang]/(site)/privacy/', 'src/lib/stored/texts.ts'];

const files = ['src', 'static']
	.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
			(file) => `${folder}/${file.replaceAll('\\', '/')}`
		)
	)
	.filter((file) => /\.(js|ts|svelte|html)$/.test(file))
	.filter((file) => !file.includes('/generated/') && !others.some((other) => file.startsWith(other)));

const uses = files.flatMap((file) => {
	try {
		const text = readFileSync(file, 'utf8');
		return usesIn(text, file).map((use) => ({ ...use, file }));
	} catch (error) {
		throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
	}
});

/** Whether a use is one of an entry's; a key that is known by its beginning only fits an entry that is, too. */
const isUseOf = (entry: Stored, { place, key }: Use) =>
	entry.place === place &&
	(key.endsWith('*') ? entry.key.endsWith('*') && isOf(entry, key.slice(0, -1)) : isOf(entry, key));

describe('what is kept in the browser', () => {
	it('is listed, wherever the source keeps something', () => {
		expect(uses.filter((use) => !stored.some((entry) => isUseOf(entry, use)))).toEqual([]);
	});

	it('has no entry that the source does not use, but for the kit’s own', () => {
		const unused = stored.filter((entry) => !uses.some((use) => isUseOf(entry, use)));
		expect(unused.map(({ id }) => id)).toEqual(['scroll']);
	});

	it('stands in docs/privacy.md, and nothing else does', () => {
		const rows = readFileSync('docs/privacy.md', 'utf8').matchAll(/^\| `(\w+)`\s*\| `([^`]+)`/gm);
		expect(Array.from(rows, ([, place, key]) => ({ place, key }))).toEqual(
			stored.map(({ place, key }) => ({ place, key }))
		);
	});
});

describe('the reader of the source', () => {
	it.each([
		["localStorage.setItem('a', text)", 'localStorage', 'a'],
		["const key = 'b';\nsessionStorage.setItem(key, text)", 'sessionStorage', 'b'],
		['const shell = `shell-${version}`;\nawait caches.open(shell)', 'caches', 'shell-*'],
		["localStorage.c = 'x'", 'localStorage', 'c'],
		["indexedDB.open('d', 1)", 'indexedDB', 'd'],
		["keepText('tab', 'e', null)", 'sessionStorage', 'e'],
		["const key = 'f';\nreadText('device', key)", 'localStorage', 'f']
	])('finds the key in %s', (code, place, key) => {
		expect(usesIn(code)).toEqual([{ place, key }]);
	});

	it.each([
		'localStorage.setItem(keyOf(id), text)',
		'localStorage.setItem(unknown, text)',
		"localStorage['a'] = 'x'",
		"keepText(shelf, 'a', text)",
		'const store = localStorage;',
		'localStorage.clear()',
		"document.cookie = 'a=b'",
		"new CacheFirst({ cacheName: 'pages' })",
		'navigator.storage.getDirectory()'
	])('fails on %s', (code) => {
		expect(() => usesIn(code)).toThrow(/cannot/);
	});

	it('leaves out comments, and what keeps nothing', () => {
		expect(usesIn("// localStorage.setItem('a', b)\n/* indexedDB */\nawait caches.keys();")).toEqual([]);
	});
});
