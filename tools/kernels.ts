/**
 * Compiles the AssemblyScript in src/lib/engine/kernels/assembly into src/lib/engine/kernels/generated, a variant a
 * file: for memory of one thread or shared by several, without and with relaxed SIMD. Each is a module whose default
 * export is the WASM in base64: a few KB, which load by `import` alike in a page, a worker, Vitest and tsx.
 * Does nothing where the output is newer than the sources.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../src/lib/engine/kernels/', import.meta.url));

const common = [
	'--runtime',
	'stub',
	'--importMemory',
	'--noExportMemory',
	'--noAssert',
	'-O3',
	'--enable',
	'simd'
];
// The limits of TensorFlow.js's own shared memory.
const shared = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
const relaxed = ['--enable', 'relaxed-simd'];

const variants = {
	plain: ['single.ts', ...common],
	relaxed: ['single.ts', ...common, ...relaxed],
	'plain-shared': ['pool.ts', ...common, ...shared],
	'relaxed-shared': ['pool.ts', ...common, ...shared, ...relaxed]
};

async function compile(args: readonly string[]): Promise<Uint8Array> {
	let binary: Uint8Array | undefined;
	const { error, stderr } = await asc.main(
		[...args, '--baseDir', `${folder}assembly`, '--outFile', 'out.wasm'],
		{
			writeFile: (_name, contents) => {
				if (typeof contents !== 'string') binary = contents;
			}
		}
	);
	if (error ?? !binary) throw new Error(`asc ${args.join(' ')}: ${error?.message}\n${stderr.toString()}`);
	return binary!;
}

function changed(file: string): number {
	try {
		return statSync(file).mtimeMs;
	} catch {
		return 0;
	}
}

const newest = Math.max(
	changed(fileURLToPath(import.meta.url)),
	...readdirSync(`${folder}assembly`).map((name) => changed(`${folder}assembly/${name}`))
);
mkdirSync(`${folder}generated`, { recursive: true });
for (const [name, args] of Object.entries(variants)) {
	const file = `${folder}generated/${name}.ts`;
	if (changed(file) > newest) continue;
	const binary = await compile(args);
	writeFileSync(file, `export default '${Buffer.from(binary).toString('base64')}';\n`);
	console.log(`kernels: ${name}, ${binary.length} bytes`);
}
