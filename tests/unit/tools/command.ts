import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { build } from 'vite';

/** What a run of a tool left: its exit code, and what it wrote. */
export interface Outcome {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

const bundles = new Map<string, Promise<string>>();

/** The path of a tool as one file, which is made once: to start it from its hundred files takes ten times as long. */
function bundleOf(tool: string): Promise<string> {
	const known = bundles.get(tool);
	if (known) return known;
	const name = tool.replace('.ts', '');
	// Several workers may make one at the same time: each has a folder of its own.
	const folder = resolve('node_modules/.cache/lightnets-tools', process.env['VITEST_POOL_ID']!, name);
	const made = build({
		configFile: false,
		resolve: { alias: { $lib: resolve('src/lib') } },
		logLevel: 'error',
		build: { ssr: `tools/${tool}`, outDir: folder, emptyOutDir: true, minify: false, target: 'node20' }
	}).then(() => `${folder}/${name}.js`);
	bundles.set(tool, made);
	return made;
}

function run(program: string, words: readonly string[], stdin: string, cwd?: string): Promise<Outcome> {
	return new Promise((done) => {
		const child = execFile(program, words, { cwd, maxBuffer: 2 ** 26 }, (error, out, err) =>
			done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err })
		);
		// A program that reads nothing may have ended before.
		child.stdin!.on('error', () => {}).end(stdin);
	});
}

/**
 * Runs a tool, `cost.ts` of `tools`, as its command does.
 * @param cwd the folder that it is run in
 * @param stdin what it is given to read
 */
export async function runTool(
	tool: string,
	words: readonly string[],
	{ cwd, stdin = '' }: { readonly cwd?: string; readonly stdin?: string } = {}
): Promise<Outcome> {
	return run(process.execPath, [await bundleOf(tool), ...words], stdin, cwd);
}

/** The same in a line of a shell, which is told the tool's command. */
export async function runInShell(
	tool: string,
	line: (command: string) => string,
	stdin: string
): Promise<Outcome> {
	return run('sh', ['-c', line(`"${process.execPath}" "${await bundleOf(tool)}"`)], stdin);
}
