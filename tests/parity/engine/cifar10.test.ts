import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCard, type RoundingFigures } from '../../../src/lib/engine/card';
import type { Kernels } from '../../../src/lib/engine/kernels';
import { normalize } from '../../../src/lib/engine/picture';
import { Program } from '../../../src/lib/engine/program/program';
import { parseSet } from '../../../src/lib/engine/sets';
import { matchWeights } from '../../../src/lib/formats/match';
import { graphCost, networkById, resolveGraph } from '../../../src/lib/nets';
import { granularities, type Granularity } from '../../../src/lib/nets/quantization/kernel';
import { calibratedTensors, quantizeNetwork } from '../../../src/lib/nets/quantization/network';
import { readTestPictures, type TestPicture } from '../../../tools/train/pictures';
import { cifar10 } from '../../data';
import { relativeDifference, useWasm } from './graphs';
import { readFolder } from './shared';

const bundled = 'static/weights';
const sets = readdirSync(bundled)
	.filter((id) => id.startsWith('cifar10-'))
	.sort();

/** Of the largest logit of a picture; PyTorch adds in another order. */
const tolerance = 1e-3;

describe.each(sets)('bundled weights %s', (id) => {
	const set = parseSet(readFileSync(join(bundled, id, 'set.json'), 'utf8'));
	const card = parseCard(readFileSync(join(bundled, id, 'card.json'), 'utf8'));
	const resolved = resolveGraph(networkById(set.network).build(set.knobs));

	it('fit their network', () => {
		expect(matchWeights(resolved, readFolder(join(bundled, id))).problems).toEqual([]);
	});

	it('have a card with the params and MACs of their graph, within 1.2 million and 40 million', () => {
		const { params, macs } = graphCost(resolved).total;
		expect([card.params, card.macs]).toEqual([params.trainable, macs]);
		expect(params.trainable).toBeLessThanOrEqual(1.2e6);
		expect(macs).toBeLessThanOrEqual(40e6);
	});

	it('lose no more than a point as 8-bit integers, whose bytes and ranges are those of the network', () => {
		const { pictures, isEqualized, unequalized, ...rounding } = card.quantization!;
		expect(pictures).toBe(10_000);
		const at8 = ({ settings, calibration }: RoundingFigures) =>
			settings.find((of) => of.bits === 8 && of.granularity === 'channel' && of.calibration === calibration)!;
		const own = at8(rounding);
		expect(Math.round(pictures * (card.engineAccuracy! - own.accuracy))).toBeLessThanOrEqual(100);
		const weights = matchWeights(resolved, readFolder(join(bundled, id))).weights!;
		expect(quantizeNetwork(resolved, weights, rounding.ranges).bytes).toBe(own.bytes);
		for (const { settings, ranges } of [rounding, ...(unequalized ? [unequalized] : [])]) {
			expect(Object.keys(ranges)).toEqual(calibratedTensors(resolved));
			// The page has controls for all of it.
			const has = (...wanted: readonly [number, number, Granularity]) =>
				settings.some((of) => [of.bits, of.activationBits, of.granularity].join() === wanted.join());
			for (const granularity of granularities)
				for (let bits = 2; bits <= 8; bits++)
					for (const activationBits of [Math.min(bits, 7), 7])
						expect(has(bits, activationBits, granularity)).toBe(true);
		}
		// Channels are equalised where it helps, and what it helps is shown.
		expect(unequalized !== undefined).toBe(isEqualized ?? false);
		if (unequalized) expect(own.accuracy).toBeGreaterThan(at8(unequalized).accuracy);
	});

	it('are as right in this engine as in PyTorch, to 0.2 points of the whole test set', () => {
		expect(Math.abs(card.engineAccuracy! - card.accuracy)).toBeLessThanOrEqual(0.002);
	});
});

it('there are weights of all four networks', () => {
	expect(sets).toEqual(['mobilenet', 'shufflenet', 'squeezenet', 'xception'].map((id) => `cifar10-${id}`));
});

describe.skipIf(cifar10.isAbsent)(cifar10.needed('logits of a hundred test pictures'), () => {
	let pictures: readonly TestPicture[];
	let kernels: Kernels | null;
	beforeAll(async () => {
		const folder = mkdtempSync(join(tmpdir(), 'cifar10-'));
		const { status, stderr } = spawnSync('tar', [
			'-xJf',
			cifar10.path,
			'-C',
			folder,
			'--wildcards',
			'test/*/000?.jpg'
		]);
		if (status !== 0) throw new Error(`${cifar10.path} cannot be unpacked: ${stderr}`);
		pictures = await readTestPictures(folder, 10);
		rmSync(folder, { recursive: true });
		kernels = await useWasm(true);
	});
	afterAll(() => kernels?.dispose());

	it.each(sets)('of %s are those of PyTorch', async (id) => {
		const set = parseSet(readFileSync(join(bundled, id, 'set.json'), 'utf8'));
		const golden = JSON.parse(readFileSync(`tests/golden/cifar10/${id}.json`, 'utf8')) as number[][];
		const resolved = resolveGraph(networkById(set.network).build(set.knobs));
		const program = new Program(
			resolved,
			matchWeights(resolved, readFolder(join(bundled, id))).weights!,
			kernels
		);
		const logits = resolved.nodes.find(({ op }) => op === 'softmax')!.inputs[0]!.ref;
		expect(golden.length).toBe(pictures.length);
		for (const [i, { pixels }] of pictures.entries()) {
			const { watched } = await program.run([normalize(pixels, set.preprocessing)], { watch: [logits] });
			expect(relativeDifference(watched[logits]!.data, golden[i]!)).toBeLessThan(tolerance);
		}
		program.dispose();
	});
});
