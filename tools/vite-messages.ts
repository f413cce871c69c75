import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const project = './project.inlang';
const written = './src/lib/i18n/messages';
/** Which languages and files there are. */
const settings = `${project}/settings.json`;
/** A file a language: what development and tests load four times as fast. `npm ci` has compiled it. */
const generated = './src/lib/i18n/generated';
/** A build has a module a message, so that it can leave out those that a page does not say. */
const built = './.svelte-kit/messages';

/** Compiles the messages. The compiler takes two seconds to load, so it comes only when it has something to do. */
async function compileInto(outdir: string, outputStructure: 'locale-modules' | 'message-modules') {
	const { compile } = await import('@inlang/paraglide-js');
	await compile({
		...{ project, outdir, outputStructure, emitReadme: false },
		strategy: ['globalVariable', 'baseLocale'],
		isServer: 'import.meta.env?.SSR ?? typeof window === "undefined"'
	});
}

function isNewer(): boolean {
	const compiled = statSync(`${generated}/messages.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
	const files = readdirSync(written, { recursive: true, encoding: 'utf8' });
	return [settings, ...files.map((file) => path.join(written, file))].some(
		(file) => statSync(file).mtimeMs > compiled
	);
}

/** The messages of `src/lib/i18n`: compiled for a build; in development where one is newer than what was compiled. */
export function messages(): Plugin {
	return {
		name: 'messages',
		enforce: 'pre',
		config: (_, { command }) =>
			command === 'build'
				? { resolve: { alias: [{ find: /^\.\/generated(?=\/\w+\.js$)/, replacement: path.resolve(built) }] } }
				: {},
		configResolved: ({ command }) =>
			command === 'build' ? compileInto(built, 'message-modules') : undefined,
		async configureServer({ watcher }) {
			const compileAnew = () => compileInto(generated, 'locale-modules');
			if (isNewer()) await compileAnew();
			watcher.on('all', (_, file) => {
				const isSource =
					path.resolve(file) === path.resolve(settings) ||
					path.resolve(file).startsWith(path.resolve(written) + path.sep);
				if (isSource) void compileAnew();
			});
		}
	};
}
