import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import { parseSet } from '../../../src/lib/engine/sets';
import { nameWeights } from '../../../src/lib/formats/match';
import type { NamedTensor } from '../../../src/lib/formats/tensors';
import { writeTensors } from '../../../src/lib/formats/tfjs';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import { readWeightSets } from '../../../src/lib/running/weightSets';
import { setOfFolder } from '../../../tools/weights/sets';
import { readFolder, storeFolder, storeSet, WeightsToolError } from '../../../tools/weights/store';
import { runTool } from './command';

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
	it('stores each set with its licence, and writes down its source, licence and size', () => {
		publish(named);
		writeFileSync(join(from, name, 'LICENSE'), 'free');
		mkdirSync(join(from, 'pictures'));
		const [set] = storeFolder(from, target, 'float32');
		expect(readFolder(join(target, name)).length).toBe(named.length);
		expect(readFileSync(join(target, name, 'LICENSE'), 'utf8')).toBe('free');
		expect(parseSet(readFileSync(join(target, name, 'set.json'), 'utf8'))).toEqual(set);
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
	it('replaces a set of its id, keeps others, and gives other values another hash', () => {
		const first = storeSet(target, info, named);
		storeSet(target, { ...info, id: 'other' }, named);
		const changed = named.map((tensor) => ({ ...tensor, data: tensor.data.map((value) => value + 1) }));
		const second = storeSet(target, info, changed);
		expect(second.hash).not.toBe(first.hash);
		const written = (id: string) => parseSet(readFileSync(join(target, id, 'set.json'), 'utf8'));
		expect(written(name)).toEqual(second);
		expect(written('other').hash).toBe(first.hash);
	});
});

describe('readWeightSets', () => {
	it('gives the site every set that is stored, and nothing of a folder that is not there', () => {
		const sets = ['b', 'a'].map((id) => storeSet(target, { ...info, id }, named));
		mkdirSync(join(target, 'half'));
		expect(readWeightSets(target)).toEqual(sets.reverse());
		expect(readWeightSets(join(target, 'nowhere'))).toEqual([]);
	});

	it('names the set that cannot be read', () => {
		storeSet(target, info, named);
		renameSync(join(target, name), join(target, 'renamed'));
		expect(() => readWeightSets(target)).toThrow(`renamed/set.json: id is ${name}, expected renamed`);
	});
});

it('npm run weights says in a line what it lacks, with exit code 2', async () => {
	const weights = (...words: string[]) => runTool('weights.ts', words);
	expect(await weights('--from', '/nowhere')).toEqual({
		code: 2,
		out: '',
		err: 'weights: /nowhere is not there\n'
	});
	expect(await weights('--fro', 'x')).toMatchObject({
		code: 2,
		err: expect.stringContaining("Unknown option '--fro'")
	});
});
