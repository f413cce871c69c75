import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInShell, runTool } from './command';

const folder = mkdtempSync(join(tmpdir(), 'lightnets-refusals-'));
const file = join(folder, 'file');
writeFileSync(file, 'no picture');
const set = 'cifar10-mobilenet';

/** What each tool is called with that it cannot do, and what it says. */
const refusals: Readonly<Record<string, readonly (readonly [words: readonly string[], line: RegExp])[]>> = {
	accuracy: [
		[[], /^accuracy: name one of the sets/],
		[[set, '--data', '/nowhere'], /nowhere\/test is not there/],
		[[set, '--data', file], /file\/test is not there/]
	],
	bench: [
		[['--only', 'nothing'], /^bench: --only nothing: expected lighthouse/],
		[['--rounds', 'x', '--only', 'analyses'], /--rounds is x, expected a whole number/],
		[['--networks', 'x', '--only', 'analyses'], /--networks x: expected one of squeezenet/],
		[['--record', '/nowhere/times.json'], /^bench: \/nowhere is not there/]
	],
	compress: [
		[['nothing'], /^compress: static\/weights\/nothing has no set.json/],
		[[set, '--prune', '7'], /--prune is 7/],
		[[set, '--data', file], /file\/test is not there/]
	],
	convolutions: [
		[[], /^convolutions: --data names the folder/],
		[['--data', folder], /^convolutions: --data names the folder/]
	],
	corpus: [
		[[], /^corpus: name the folder/],
		[[folder, 'x'], /^corpus: name the folder/]
	],
	endure: [[['x'], /^endure: Unexpected argument 'x'$/]],
	fuzz: [
		[['--minutes', '0'], /^fuzz: --minutes is 0/],
		[['--only', 'x'], /^fuzz: --only x: expected one of address/],
		[['--in', 'x'], /^fuzz: --in x: expected one of readers, pages$/],
		[['--models', '/nowhere', '--in', 'readers'], /^fuzz: \/nowhere is not there$/]
	],
	hosting: [
		[['--check', 'nowhere'], /^hosting: --check nowhere: expected an address/],
		[['--check', 'http://127.0.0.1:9'], /^hosting: fetch failed: /],
		[['--out', join(file, 'x')], /^hosting: ENOTDIR/]
	],
	losses: [[['--python', '/nowhere/python'], /^losses: spawnSync \/nowhere\/python ENOENT$/]],
	quantize: [
		[[], /^quantize: name one set/],
		[[set, '--data', folder, '--activations', '8'], /^quantize: --activations is 8/],
		[[set, '--data', folder, '--missing'], /^quantize: --missing says what --save measures/],
		[[set, '--data', folder, '--granularity', 'x'], /--granularity x: expected one of/],
		[[set, '--data', '/nowhere'], /nowhere\/t\w+ is not there/]
	],
	train: [
		[[], /^train: name one of/],
		[[set, '--data', '/nowhere'], /^train: --data names the folder/],
		[[set, '--threads', 'x'], /--threads is x/],
		[[set, '--device', 'x'], /--device x: expected one of cpu, cuda/]
	],
	weights: [
		[[], /^weights: say which/],
		[['--from', '/nowhere'], /^weights: \/nowhere is not there/],
		[['--from', file], /^weights: ENOTDIR/]
	]
};

describe.each(Object.entries(refusals))('%s', (tool, cases) => {
	it.each(cases)('%j is refused in a line, with code 2', async (words, line) => {
		const { code, out, err } = await runTool(`${tool}.ts`, words);
		expect(err.trimEnd()).toMatch(line);
		expect(err).toMatch(/^[^\n]+\n$/);
		expect(out).toBe('');
		expect(code).toBe(2);
	});
});

describe.each([
	['op', ''],
	['cost', '--graph -']
])('%s %s', (tool, words) => {
	it('says that a folder is no file', async () => {
		const { code, err } = await runInShell(
			`${tool}.ts`,
			(command) => `${command} ${words} < "${folder}"`,
			''
		);
		expect(err).toMatch(/^[^\n]*standard input is a folder, not a file\n$/);
		expect(code).toBe(2);
	});
});

it('what a tool has to say and cannot write is said in a line', async () => {
	const { code, err } = await runInShell('compress.ts', (command) => `${command} ${set} > /dev/full`, '');
	expect(err).toMatch(/^compress: the answer could not be written: [^\n]*\n$/);
	expect(code).toBe(2);
});
