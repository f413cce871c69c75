/**
 * Compiles the AssemblyScript in src/lib/engine/kernels/assembly into src/lib/engine/kernels/generated, a variant a
 * file: for memory of one thread or shared by several, without and with relaxed SIMD. Each is a module whose default
 * export is the WASM in base64: a few KB, which load by `import` alike in a page, a worker, Vitest and tsx.
 * What is newer than the sources is left alone.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

/** Brings the compiled kernels up to date. */
export async function compileKernels(): Promise<void> {
	const sources = readdirSync(`${folder}assembly`, { recursive: true }).map(
		(name) => `${folder}assembly/${String(name)}`
	);
	const newest = Math.max(...[fileURLToPath(import.meta.url), ...sources].map(changed));
	mkdirSync(`${folder}generated`, { recursive: true });
	for (const [name, args] of Object.entries(variants)) {
		const file = `${folder}generated/${name}.ts`;
		if (changed(file) > newest) continue;
		const binary = await compile(args);
		writeFileSync(file, `export default '${Buffer.from(binary).toString('base64')}';\n`);
		console.log(`kernels: ${name}, ${binary.length} bytes`);
	}
}

async function compile(args: readonly string[]): Promise<Uint8Array> {
	// The compiler is large, and mostly not needed.
	const { default: asc } = await import('assemblyscript/asc');
	let binary: Uint8Array | undefined;
	const { error, stderr } = await asc.main(
		[...args, '--baseDir', `${folder}assembly`, '--outFile', 'out.wasm'],
		{
			writeFile: (_name, contents) => {
				if (typeof contents !== 'string') binary = contents;
			}
		}
	);
	if (error || !binary) throw new Error(`asc ${args.join(' ')}: ${error?.message}\n${stderr.toString()}`);
	return binary;
}

/** When a file was last changed; 0 where there is none. */
function changed(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Vitest calls it before all tests. */
export { compileKernels as setup };

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileKernels();
