import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/lib/engine/kernels';
import {
	cropSquare,
	normalize,
	preprocessings,
	type Picture,
	type Preprocessing
} from '../../../src/lib/engine/picture';
import { Program } from '../../../src/lib/engine/program/program';
import { matchWeights } from '../../../src/lib/formats/match';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import { publishedWeights } from '../../data';
import { relativeDifference, useWasm } from './graphs';
import { readFolder } from './shared';

interface Published {
	readonly network: string;
	readonly knobs: Readonly<Record<string, string | number>>;
	readonly preprocessing: Preprocessing;
	/** The tensor before softmax. */
	readonly logits: string;
}

const published: Readonly<Record<string, Published>> = {
	'squeezenet_v1.0': {
		network: 'squeezenet',
		knobs: { version: '1.0', conv10Padding: 1 },
		preprocessing: preprocessings.caffe,
		logits: 'pool10'
	},
	'squeezenet_v1.1': {
		network: 'squeezenet',
		knobs: { version: '1.1' },
		preprocessing: preprocessings.caffe,
		logits: 'pool10'
	},
	'mobilenet_v1_0.25_224': {
		network: 'mobilenet',
		knobs: { alpha: 0.25 },
		preprocessing: preprocessings.symmetric,
		logits: 'conv_preds'
	},
	'mobilenet_v1_0.75_224': {
		network: 'mobilenet',
		knobs: { alpha: 0.75 },
		preprocessing: preprocessings.symmetric,
		logits: 'conv_preds'
	}
};

interface Golden {
	readonly picture: string;
	readonly pixels: string;
	readonly weights: string;
	readonly logits: readonly number[];
}

/** Of the largest logit; PyTorch adds in another order. */
const tolerance = 1e-3;
const egyptianCat = 285;
const espresso = 967;

describe.skipIf(publishedWeights.isAbsent)(publishedWeights.needed('published weights'), () => {
	const pictures = join(publishedWeights.path, 'pictures');

	describe.each([true, false])('with our kernels: %s', (withKernels) => {
		let kernels: Kernels | null;
		beforeAll(async () => {
			kernels = await useWasm(withKernels);
		});
		afterAll(() => kernels?.dispose());

		it.each(Object.entries(published))('%s gives the logits of PyTorch', async (folder, of) => {
			const resolved = resolveGraph(networkById(of.network).build(of.knobs));
			const { weights, problems } = matchWeights(resolved, readFolder(join(publishedWeights.path, folder)));
			expect(problems).toEqual([]);
			const program = new Program(resolved, weights!, kernels);
			const golden = JSON.parse(readFileSync(join(pictures, 'golden_logits.json'), 'utf8')) as Golden[];
			const cases = golden.filter((one) => one.weights === folder);
			expect(cases.length).toBeGreaterThan(0);
			for (const { picture, pixels, logits } of cases) {
				const input = normalize(readFileSync(join(pictures, pixels)), of.preprocessing);
				const { output, watched } = await program.run([input], { watch: [of.logits] });
				expect(relativeDifference(watched[of.logits]!.data, logits)).toBeLessThan(tolerance);
				const top = output.data.indexOf(Math.max(...output.data));
				expect(top).toBe(picture === 'chelsea.png' ? egyptianCat : espresso);
			}
			program.dispose();
		});
	});

	describe('cropSquare', () => {
		it.each([
			['chelsea', 224],
			['chelsea', 227],
			['coffee', 224]
		])('of %s at %i pixels is what Pillow makes of it', (name, size) => {
			const expected = readFileSync(join(pictures, `${name}_${size}.rgb`));
			const picture = decodePng(readFileSync(join(pictures, `${name}.png`)));
			const actual = cropSquare(picture, size, size / 256);
			const differences = Array.from(actual, (value, i) => Math.abs(value - expected[i]!));
			expect(actual.length).toBe(expected.length);
			// Pillow rounds between its two passes.
			expect(differences.reduce((sum, n) => sum + n, 0) / actual.length).toBeLessThan(0.25);
		});
	});
});

/** Decodes a PNG of 8-bit RGB without interlacing. */
function decodePng(file: Buffer): Picture {
	const parts: Buffer[] = [];
	let [width, height] = [0, 0];
	for (let at = 8; at < file.length;) {
		const length = file.readUInt32BE(at);
		const type = file.toString('latin1', at + 4, at + 8);
		const data = file.subarray(at + 8, at + 8 + length);
		if (type === 'IHDR') {
			[width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
			expect([...data.subarray(8, 13)]).toEqual([8, 2, 0, 0, 0]);
		}
		if (type === 'IDAT') parts.push(data);
		at += length + 12;
	}
	const lines = inflateSync(Buffer.concat(parts));
	const stride = width * 3;
	const rgb = new Uint8Array(height * stride);
	for (let y = 0; y < height; y++) {
		const filter = lines[y * (stride + 1)]!;
		for (let x = 0; x < stride; x++) {
			const left = x < 3 ? 0 : rgb[y * stride + x - 3]!;
			const up = y === 0 ? 0 : rgb[(y - 1) * stride + x]!;
			const corner = x < 3 || y === 0 ? 0 : rgb[(y - 1) * stride + x - 3]!;
			const nearest = [left, up, corner].reduce((best, value) => {
				const estimate = left + up - corner;
				return Math.abs(estimate - value) < Math.abs(estimate - best) ? value : best;
			});
			const predicted = [0, left, up, (left + up) >> 1, nearest][filter]!;
			rgb[y * stride + x] = lines[y * (stride + 1) + 1 + x]! + predicted;
		}
	}
	const data = new Uint8Array(width * height * 4).fill(255);
	for (let i = 0; i < width * height; i++) data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
	return { width, height, data };
}
