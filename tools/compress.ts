/**
 * Compresses a set of weights as Deep Compression does and prints what each step takes, as JSON:
 *
 *     npm run compress -- SET [--prune 0.4] [--bits 5] [--gap-bits 4]
 *     npm run compress -- SET --data DIR [--per-class 100] [--save]
 *
 * SET is a folder of `static/weights`. With `--data`, a folder with `test/<class>/*.jpg` of CIFAR-10, the accuracy after each step
 * is measured too, by the engine on WASM; `--save` keeps that in the set's card, where its page reads it. What cannot be is one
 * line on standard error and exit code 2.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCard, parseCard, type CompressionFigures } from '../src/lib/engine/card';
import { compressionSteps, type CompressionStep } from '../src/lib/nets/compression/layer';
import { compressNetwork, weightsAfter, type CompressedNetwork } from '../src/lib/nets/compression/network';
import { readArguments, readNumber } from './arguments';
import { runCommand } from './streams';
import { pictureSize, readTestPictures } from './train/pictures';
import { bundledFolder, readBundled, type BundledSet } from './weights/bundled';

/** Accuracy after each step; steps that change no weight are not measured again. */
async function measure(
	{ set, resolved, weights }: BundledSet,
	compressed: CompressedNetwork,
	data: string,
	perClass: number
): Promise<{ readonly pictures: number; readonly accuracy: Record<CompressionStep, number> }> {
	const { shape } = resolved.tensors[0];
	if (shape[0] !== pictureSize || set.classes === 'imagenet')
		throw new Error(
			`${set.id} takes ${shape.join('×')}, and the pictures are of ${pictureSize}×${pictureSize}`
		);
	const pictures = await readTestPictures(data, perClass);
	// TensorFlow.js is not needed for sizes, and takes seconds to load.
	const { accuracyOf } = await import('./train/accuracy');
	const accuracy = {} as Record<CompressionStep, number>;
	let before: CompressionStep | null = null;
	for (const step of compressionSteps) {
		const changes = compressed.kernels.some(
			({ layer }) => before === null || layer.error[step] !== layer.error[before]
		);
		accuracy[step] = changes
			? await accuracyOf(
					resolved,
					weightsAfter(step, resolved, weights, compressed),
					set.preprocessing,
					pictures,
					(done) => report(`${step}: ${done} of ${pictures.length} pictures`)
				)
			: accuracy[before!];
		before = step;
	}
	report('');
	return { pictures: pictures.length, accuracy };
}

/** Writes a line for who looks on, over the last. */
function report(line: string): void {
	if (process.stderr.isTTY) process.stderr.write(`\r${line.padEnd(60)}${line === '' ? '\r' : ''}`);
}

function save(id: string, compression: CompressionFigures): void {
	const file = join(bundledFolder, id, 'card.json');
	if (!existsSync(file)) throw new Error(`${file} is not there, so there is nowhere to keep accuracies`);
	writeFileSync(file, formatCard({ ...parseCard(readFileSync(file, 'utf8')), compression }));
}

async function main(): Promise<void> {
	const { values, positionals } = readArguments('compress', {
		allowPositionals: true,
		options: {
			prune: { type: 'string', default: '0.4' },
			bits: { type: 'string', default: '5' },
			'gap-bits': { type: 'string', default: '4' },
			data: { type: 'string' },
			'per-class': { type: 'string' },
			save: { type: 'boolean', default: false }
		}
	});
	const [id] = positionals;
	if (id === undefined || positionals.length > 1)
		throw new Error('name one set: npm run compress -- SET [--prune 0.4] [--bits 5] [--data DIR]');
	const number = readNumber.bind(null, 'compress');
	const options = {
		prune: number('prune', values.prune, { min: 0, max: 1 }),
		bits: number('bits', values.bits, { min: 1, max: 8, isWhole: true }),
		gapBits: number('gap-bits', values['gap-bits'], { min: 1, max: 8, isWhole: true })
	};
	const perClass =
		values['per-class'] === undefined
			? Infinity
			: number('per-class', values['per-class'], { min: 1, max: 1e6, isWhole: true });
	if (values.save && values.data === undefined) throw new Error('--save needs --data');

	const bundled = readBundled(id);
	const compressed = compressNetwork(bundled.resolved, bundled.weights, options);
	const measured =
		values.data === undefined ? null : await measure(bundled, compressed, values.data, perClass);
	const { total, rest, relativeError, kernels } = compressed;
	const steps = compressionSteps.map((step) => ({
		step,
		bytes: total[step],
		...(measured && { accuracy: measured.accuracy[step] })
	}));
	if (values.save && measured)
		save(id, {
			...{ pictures: measured.pictures, ...options },
			steps: steps.map((of) => ({ ...of, accuracy: measured.accuracy[of.step] }))
		});
	const layers = kernels.map(({ id: layer, shape, layer: of, bytes }) => ({
		...{ layer, shape, weights: of.count, stored: of.positions.length, bytes },
		error: of.error.huffman
	}));
	const pictures = measured && { pictures: measured.pictures };
	console.log(
		JSON.stringify({ set: id, ...options, ...pictures, steps, relativeError, rest, layers }, null, '\t')
	);
}

await runCommand('compress', main);
