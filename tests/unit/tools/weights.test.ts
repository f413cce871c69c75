import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import { parseSets } from '../../../src/lib/engine/sets';
import { nameWeights } from '../../../src/lib/engine/weights/match';
import type { NamedTensor } from '../../../src/lib/engine/weights/tensors';
import { writeTensors } from '../../../src/lib/engine/weights/tfjs';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import { setOfFolder } from '../../../tools/weights/sets';
import { readFolder, storeFolder, storeSet, WeightsToolError } from '../../../tools/weights/store';

const root = mkdtempSync(join(tmpdir(), 'lightnets-weights-'));
const from = join(root, 'from');
const target = join(root, 'target');
const name = 'mobilenet_v1_0.25_128';
const info = setOfFolder(name)!;
const resolved = resolveGraph(networkById(info.network).build(info.knobs));
const named = nameWeights(resolved, randomNetworkWeights(resolved, 1));

/** Writes a folder as published. */
function publish(tensors: readonly NamedTensor[]): void {
	const { model, shards } = writeTensors(tensors);
	mkdirSync(join(from, name), { recursive: true });
	writeFileSync(join(from, name, 'model.json'), model);
	for (const [file, bytes] of shards) writeFileSync(join(from, name, file), bytes);
}

beforeEach(() => {
	for (const folder of [from, target]) rmSync(folder, { recursive: true, force: true });
	mkdirSync(target);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('storeFolder', () => {
	it('stores each set with its licence, and lists it with source, licence and size', () => {
		publish(named);
		writeFileSync(join(from, name, 'LICENSE'), 'free');
		mkdirSync(join(from, 'pictures'));
		const [set] = storeFolder(from, target, 'float32');
		expect(readFolder(join(target, name)).length).toBe(named.length);
		expect(readFileSync(join(target, name, 'LICENSE'), 'utf8')).toBe('free');
		expect(parseSets(readFileSync(join(target, 'index.json'), 'utf8'))).toEqual([set]);
		expect(set).toMatchObject({ id: name, network: 'mobilenet', licence: 'Apache-2.0', storage: 'float32' });
		expect(set!.bytes).toBeGreaterThan(4 * 475_544);
	});

	it('as float16 takes half the bytes, and keeps the values to half a thousandth', () => {
		publish(named);
		const [set] = storeFolder(from, target, 'float16');
		expect(set!.bytes).toBeLessThan(2.1 * 475_544);
		readFolder(join(target, name)).forEach(({ data }, i) =>
			data.every(
				(value, k) => Math.abs(value - named[i]!.data[k]!) <= Math.abs(named[i]!.data[k]!) / 2000 + 1e-7
			)
				? null
				: expect.fail(named[i]!.name)
		);
	});

	it('refuses what does not fit, by layer, and stores nothing of it', () => {
		publish(named.filter((tensor) => tensor.name !== 'conv_preds/bias'));
		expect(() => storeFolder(from, target, 'float32')).toThrow(
			'conv_preds: bias is missing; expected a tensor conv_preds/bias'
		);
		expect(existsSync(join(target, name))).toBe(false);
	});

	it('says where there is nothing', () => {
		expect(() => storeFolder(from, target, 'float32')).toThrow(WeightsToolError);
		mkdirSync(from);
		expect(() => storeFolder(from, target, 'float32')).toThrow('has no folder such as');
	});
});

describe('storeSet', () => {
	it('replaces a set of its id in the index, keeps others, and drops those whose folder is gone', () => {
		const other = { ...info, id: 'other' };
		const gone = { ...info, id: 'gone' };
		for (const set of [other, gone, info]) storeSet(target, set, named);
		rmSync(join(target, 'gone'), { recursive: true });
		const first = parseSets(readFileSync(join(target, 'index.json'), 'utf8')).find(({ id }) => id === name)!;
		const changed = named.map((tensor) => ({ ...tensor, data: tensor.data.map((value) => value + 1) }));
		storeSet(target, info, changed);
		const sets = parseSets(readFileSync(join(target, 'index.json'), 'utf8'));
		expect(sets.map(({ id }) => id)).toEqual([name, 'other']);
		expect(sets[0]!.hash).not.toBe(first.hash);
	});
});

it('npm run weights says in a line what it lacks, with exit code 2', () => {
	const run = (...args: string[]) => {
		try {
			execFileSync(process.execPath, ['--import', 'tsx', 'tools/weights.ts', ...args], {
				encoding: 'utf8',
				stdio: 'pipe'
			});
			return null;
		} catch (error) {
			const { status, stderr } = error as { status: number; stderr: string };
			return { status, stderr: stderr.trim() };
		}
	};
	expect(run('--from', '/nowhere')).toEqual({ status: 2, stderr: '/nowhere is not there' });
	expect(run('--fro', 'x')!.stderr).toContain("Unknown option '--fro'");
});
