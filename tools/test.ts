/**
 * All checks, in one command: types, lint, format, rooms, unit and parity tests, the build, and browser tests against it.
 * Runs all of them even when one fails, and ends with `N passed, N failed`. A skipped test counts as failed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser';

interface Count {
	passed: number;
	failed: number;
}

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

const one = (code: number): Count => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** A program's own count from its JSON report; a crash that left none, or a bad exit without a failed test, is a failure. */
function counted(code: number, file: string, read: (report: never) => Count): Count {
	try {
		const count = read(JSON.parse(readFileSync(file, 'utf8')) as never);
		return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
	} catch {
		return { passed: 0, failed: 1 };
	}
}

async function unit(): Promise<Count> {
	const file = join(folder, 'unit.json');
	const code = await runProgram('vitest', [
		'run',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${file}`
	]);
	return counted(code, file, (report: { numTotalTests: number; numPassedTests: number }) => ({
		passed: report.numPassedTests,
		failed: report.numTotalTests - report.numPassedTests
	}));
}

async function inBrowser(): Promise<Count> {
	const built = one(await runProgram('vite', ['build', '--logLevel', 'warn']));
	if (built.failed > 0) return built;
	const file = join(folder, 'browser.json');
	const code = await runProgram('playwright', ['test', '--reporter=dot,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: file
	});
	const count = counted(
		code,
		file,
		({ stats }: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }) => ({
			passed: stats.expected,
			failed: stats.unexpected + stats.flaky + stats.skipped
		})
	);
	return { passed: count.passed + built.passed, failed: count.failed };
}

async function statically(): Promise<Count[]> {
	const counts: Count[] = [];
	counts.push(one(await runProgram('svelte-check', ['--threshold', 'warning', '--fail-on-warnings'])));
	counts.push(one(await runProgram('eslint', ['.', '--max-warnings', '0'])));
	counts.push(one(await runProgram('prettier', ['--check', '.', '--log-level', 'warn'])));
	counts.push(one(await runProgram('depcruise', ['src', '--config', '.dependency-cruiser.cjs'])));
	return counts;
}

try {
	process.env.CHROMIUM = findBrowser();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	console.log('0 passed, 1 failed');
	process.exit(1);
}
await runProgram('svelte-kit', ['sync']);
const [checks, tests] = await Promise.all([statically(), unit()]);
const all = [...checks, tests, await inBrowser()];
const passed = all.reduce((sum, count) => sum + count.passed, 0);
const failed = all.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
