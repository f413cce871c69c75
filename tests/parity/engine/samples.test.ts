import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/lib/engine/kernels';
import { cropSquare, normalize } from '../../../src/lib/engine/picture';
import { Program } from '../../../src/lib/engine/program/program';
import { parseSet } from '../../../src/lib/engine/sets';
import { matchWeights } from '../../../src/lib/formats/match';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import { samplesOf } from '../../../src/lib/running/picture/samples';
import { useWasm } from './graphs';
import { readFolder } from './shared';

describe('the sample pictures of the classes that the small networks tell', () => {
	let kernels: Kernels | null;
	beforeAll(async () => void (kernels = await useWasm(true)));
	afterAll(() => kernels?.dispose());

	it.each(['squeezenet', 'mobilenet', 'shufflenet', 'xception'] as const)(
		'are told by %s, photographs and emoji alike',
		async (id) => {
			const folder = join('static/weights', `cifar10-${id}`);
			const set = parseSet(readFileSync(join(folder, 'set.json'), 'utf8'));
			const net = resolveGraph(networkById(id).build(set.knobs));
			const program = new Program(net, matchWeights(net, readFolder(folder)).weights!, kernels);
			const classes = set.classes as readonly string[];
			const mistaken: string[] = [];
			for (const { id: sample, file, cifar } of samplesOf(set.classes)) {
				const { data, info } = await sharp(join('static', file))
					.ensureAlpha()
					.raw()
					.toBuffer({ resolveWithObject: true });
				const picture = { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
				const pixels = cropSquare(picture, net.tensors[0]!.shape[0], set.share);
				const { output } = await program.run([normalize(pixels, set.preprocessing)]);
				const best = classes[output.data.indexOf(Math.max(...output.data))];
				if (best !== cifar) mistaken.push(`${sample}: ${String(best)}`);
			}
			program.dispose();
			expect(mistaken).toEqual([]);
		}
	);
});
