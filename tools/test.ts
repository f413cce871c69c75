/**
 * All checks, in one command: types, lint, format, rooms, unit and parity tests, the build, and browser tests against it.
 * Runs all of them even when one fails, and ends with `N passed, N failed`. A test whose data a clone does not have is named before
 * that; with `REQUIRE_DATA=1` it fails.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser';
import {
	countOutcomes,
	playwrightOutcomes,
	vitestOutcomes,
	type Count,
	type TestOutcome
} from './testReport';

const folder = mkdtempSync(join(tmpdir(), 'lightnets-test-'));

/** Runs a program of node_modules/.bin; its output appears in one piece when it ends, so that two can run side by side. */
function runProgram(name: string, args: string[], env: Record<string, string> = {}): Promise<number> {
	const started = Date.now();
	return new Promise((done) => {
		const child = spawn(join('node_modules', '.bin', name), args, { env: { ...process.env, ...env } });
		const output: Buffer[] = [];
		child.stdout.on('data', (data: Buffer) => output.push(data));
		child.stderr.on('data', (data: Buffer) => output.push(data));
		child.on('error', (error) => output.push(Buffer.from(String(error))));
		child.on('close', (code) => {
			const seconds = ((Date.now() - started) / 1000).toFixed(1);
			process.stdout.write(`\n── ${name} ${args.join(' ')} (${seconds} s)\n${Buffer.concat(output)}`);
			done(code ?? 1);
		});
	});
}

/** A program that is one check by itself. */
async function check(name: string, args: string[]): Promise<Count> {
	return countOutcomes([
		{ title: name, outcome: (await runProgram(name, args)) === 0 ? 'passed' : 'failed' }
	]);
}

/** A test runner's own count, from its JSON report; a crash that left none, or a bad exit without a failed test, is a failure. */
async function counted<Report>(
	name: string,
	args: string[],
	outcomesOf: (report: Report) => readonly TestOutcome[]
): Promise<Count> {
	const file = join(folder, `${name}.json`);
	const code = await runProgram(name, args, { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
	try {
		const count = countOutcomes(outcomesOf(JSON.parse(readFileSync(file, 'utf8')) as Report));
		if (code === 0 || count.failed > 0) return count;
		return { ...count, failed: 1, notes: [...count.notes, `${name} ended with ${code}`] };
	} catch (error) {
		return { passed: 0, failed: 1, absent: [], notes: [`${name} left no report: ${String(error)}`] };
	}
}

async function statically(): Promise<Count[]> {
	return [
		await check('svelte-check', ['--threshold', 'warning', '--fail-on-warnings']),
		await check('eslint', ['.', '--max-warnings', '0']),
		await check('prettier', ['--check', '.', '--log-level', 'warn']),
		await check('depcruise', ['src', '--config', '.dependency-cruiser.cjs'])
	];
}

async function inBrowser(): Promise<Count[]> {
	const built = await check('vite', ['build', '--logLevel', 'warn']);
	if (built.failed > 0) return [built];
	return [built, await counted('playwright', ['test', '--reporter=dot,json'], playwrightOutcomes)];
}

try {
	process.env.CHROMIUM = await findBrowser();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exit(1);
}
await runProgram('svelte-kit', ['sync']);
const [checks, tests] = await Promise.all([
	statically(),
	counted(
		'vitest',
		['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(folder, 'vitest.json')}`],
		vitestOutcomes
	)
]);
const all = [...checks, tests, ...(await inBrowser())];
rmSync(folder, { recursive: true });

console.log();
for (const note of all.flatMap(({ notes }) => notes)) console.log(note);
for (const absent of all.flatMap(({ absent }) => absent)) console.log(`not run here: ${absent}`);
const passed = all.reduce((sum, count) => sum + count.passed, 0);
const failed = all.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
