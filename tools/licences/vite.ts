import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rollup } from 'vite';
import { listFile, type ShippedList } from '../../src/routes/[lang=lang]/(site)/licences/shipped.ts';
import { collectLicences, fileText, readPackage, type Licensed } from './collect.ts';

/**
 * Finds whose the code, styles, fonts and pictures of the build are, from the bundler's own graph, writes the licences' texts into
 * `licences/` and the list for its page; the build fails where a licence is missing or not allowed (docs/adr/0011-licences.md).
 * The second plugin is for workers, which are bundled by themselves.
 */
export function licences(): { readonly site: Plugin; readonly worker: Plugin } {
	const ids = new Set<string>();
	let config: ResolvedConfig;
	return {
		worker: { name: 'licences-of-workers', generateBundle: (_, bundle) => note(ids, bundle) },
		site: {
			name: 'licences',
			configResolved(resolved) {
				config = resolved;
			},
			async generateBundle(_, bundle) {
				if (config.build.ssr) return;
				note(ids, bundle);
				await noteServiceWorker(ids, config.root);
				for (const file of readdirSync(config.publicDir, { recursive: true, withFileTypes: true }))
					if (file.isFile()) ids.add(join(file.parentPath, file.name));
				const found = collectLicences(ids, config.root);
				for (const licensed of found)
					this.emitFile({ type: 'asset', fileName: `licences/${licensed.file}`, source: fileText(licensed) });
				writeList({ isBuild: true, shipped: found.map(withoutText) });
			},
			configureServer(server) {
				const known = packagesOf(server.config.root);
				writeList({ isBuild: false, shipped: known.map(withoutText) });
				server.middlewares.use((request, response, next) => {
					const name = /\/licences\/([\w.-]+\.txt)$/.exec(request.url ?? '')?.[1];
					const licensed = known.find(({ file }) => file === name);
					if (!licensed) return next();
					response.setHeader('content-type', 'text/plain; charset=utf-8').end(fileText(licensed));
				});
			}
		}
	};
}

/** Notes the modules and the files that a bundle is made of. */
function note(ids: Set<string>, bundle: Rollup.OutputBundle): void {
	for (const output of Object.values(bundle))
		for (const id of output.type === 'chunk' ? output.moduleIds : output.originalFileNames) ids.add(id);
}

/** The kit builds it after the pages, with no plugins of ours, so its graph is looked up beforehand. */
async function noteServiceWorker(ids: Set<string>, root: string): Promise<void> {
	await build({
		...{ root, configFile: false, publicDir: false, logLevel: 'error' },
		plugins: [{ name: 'licences-of-service-worker', generateBundle: (_, bundle) => note(ids, bundle) }],
		resolve: { alias: { $lib: join(root, 'src/lib') } },
		build: {
			write: false,
			minify: false,
			rolldownOptions: { input: join(root, 'src/service-worker.ts'), external: /^\$/ }
		}
	});
}

/** What package.json names, as long as nothing is bundled; what is not in order there is for the build to say. */
function packagesOf(root: string): Licensed[] {
	const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	return Object.keys(devDependencies)
		.map((name) => readPackage(join(root, 'node_modules', name)))
		.filter(({ licence, text }) => licence !== '' && text !== '');
}

function writeList(list: ShippedList): void {
	mkdirSync(dirname(listFile), { recursive: true });
	writeFileSync(listFile, JSON.stringify(list));
}

const withoutText = ({ name, kind, version, licence, source, file, note }: Licensed) => ({
	...{ name, kind, version, licence, source, file, note }
});
