/**
 * Turns a bundled set of weights into a network on 8-bit integers and measures its accuracy on CIFAR-10's test pictures, by the
 * kernels of this site's engine:
 *
 *     npm run quantize -- SET --data DIR [--bits 8] [--granularity channel|tensor] [--calibration max|percentile|squares]
 *         [--equalize]
 *     npm run quantize -- SET --data DIR --save [--equalize]
 *
 * DIR has `train/<class>/*.jpg`, of which the first of each class say what values tensors have (`--calibrate 50` a class), and
 * `test/<class>/*.jpg`. `--save` measures all settings that the site shows, and keeps them in the set's card, with the
 * ranges for 8 bits. `--equalize` gives channels of a tensor about the same range first; what was saved without it is kept beside that. Prints JSON. What cannot be is one line on standard error and exit code 2.
 */
import { maxIndex } from 'd3-array';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import {
	formatCard,
	parseCard,
	type QuantizationFigures,
	type QuantizedAccuracy,
	type RoundingFigures
} from '../src/lib/engine/card';
import { equalizingFactors } from '../src/lib/nets/quantization/equalize';
import { granularities, type Granularity } from '../src/lib/nets/quantization/kernel';
import { calibrations, type Calibration, type Histogram } from '../src/lib/nets/quantization/range';
import { chooseRanges, quantizeNetwork } from '../src/lib/nets/quantization/network';
import { readArguments, readChoice, readNumber } from './arguments';
import { allowRelaxedSimd } from './relaxedSimd';
import { runCommand } from './streams';
import { readTestPictures, type TestPicture } from './train/pictures';
import { bundledFolder, readBundled, type BundledSet } from './weights/bundled';

allowRelaxedSimd();
// One of Node 20's two compilers gets it wrong. Results are the same without it, later.
v8.setFlagsFromString('--no-liftoff');

interface Setting {
	readonly bits: number;
	readonly granularity: Granularity;
	readonly calibration: Calibration;
}

/** What the site shows: all ways at 8 bits, the best of calibrations below. */
const shown: readonly Setting[] = [
	...granularities.flatMap((granularity) =>
		[...calibrations].reverse().map((calibration) => ({ bits: 8, granularity, calibration }))
	),
	...[7, 6, 5, 4, 3, 2].flatMap((bits) =>
		granularities.map((granularity) => ({ bits, granularity, calibration: 'squares' as const }))
	)
];

interface Tested {
	readonly pictures: readonly TestPicture[];
	readonly inputs: readonly Float32Array[];
	/** Of each picture, the class that the network names with real numbers. */
	readonly answers: readonly number[];
}

/** What is measured with. */
interface Measuring extends BundledSet {
	readonly test: Tested;
	/** Pictures that ranges are from. */
	readonly train: Tested;
	readonly seen: Readonly<Record<string, Histogram>>;
	readonly isEqualized: boolean;
}

async function prepare(
	id: string,
	data: string,
	{
		perClass,
		calibrate,
		isEqualized
	}: Readonly<Record<'perClass' | 'calibrate', number>> & { readonly isEqualized: boolean }
): Promise<Measuring> {
	const bundled = readBundled(id);
	const { set, resolved, weights } = bundled;
	const [pictures, shownBefore] = await Promise.all([
		readTestPictures(data, perClass),
		readTestPictures(data, calibrate, 'train')
	]);
	// TensorFlow.js takes seconds to load: not before all is known to be there.
	const { normalize } = await import('../src/lib/engine/picture');
	const { answersOf, observe } = await import('./train/accuracy');
	const values = (of: readonly TestPicture[]) => of.map(({ pixels }) => normalize(pixels, set.preprocessing));
	const test = await tested(pictures, values(pictures));
	const train = await tested(shownBefore, values(shownBefore));
	const factors = isEqualized ? equalizingFactors(resolved, weights) : new Map<string, Float32Array>();
	return {
		...bundled,
		test,
		train,
		isEqualized,
		seen: await observe(resolved, weights, train.inputs, factors)
	};

	async function tested(of: readonly TestPicture[], inputs: readonly Float32Array[]): Promise<Tested> {
		return { pictures: of, inputs, answers: await answersOf(resolved, weights, inputs) };
	}
}

/** The calibration that changes the fewest answers on the pictures that ranges are from: test pictures have no say in it. */
async function chooseCalibration(of: Measuring): Promise<Calibration> {
	const tried: QuantizedAccuracy[] = [];
	for (const calibration of calibrations)
		tried.push(await measure(of, { bits: 8, granularity: 'channel', calibration }, of.train));
	return tried.reduce((best, other) => (other.agreement > best.agreement ? other : best)).calibration;
}

async function measure(of: Measuring, setting: Setting, on: Tested = of.test): Promise<QuantizedAccuracy> {
	const { compileIntegerKernels } = await import('../src/lib/engine/int8/kernels');
	const { IntegerProgram } = await import('../src/lib/engine/int8/program');
	const ranges = chooseRanges(of.seen, setting.calibration, setting.bits);
	const network = quantizeNetwork(of.resolved, of.weights, ranges, {
		...setting,
		isEqualized: of.isEqualized
	});
	const program = await IntegerProgram.create(network, await compileIntegerKernels());
	let right = 0;
	let same = 0;
	on.inputs.forEach((input, i) => {
		const answer = maxIndex(program.run(input));
		if (answer === on.pictures[i]!.label) right++;
		if (answer === on.answers[i]) same++;
	});
	program.dispose();
	const count = on.inputs.length;
	return { ...setting, bytes: network.bytes, accuracy: right / count, agreement: same / count };
}

async function main(): Promise<void> {
	const { values, positionals } = readArguments('quantize', {
		allowPositionals: true,
		options: {
			data: { type: 'string' },
			bits: { type: 'string', default: '8' },
			granularity: { type: 'string', default: 'channel' },
			calibration: { type: 'string', default: 'squares' },
			calibrate: { type: 'string', default: '50' },
			'per-class': { type: 'string' },
			equalize: { type: 'boolean', default: false },
			save: { type: 'boolean', default: false }
		}
	});
	const [id] = positionals;
	if (id === undefined || positionals.length > 1)
		throw new Error('name one set: npm run quantize -- SET --data DIR');
	if (values.data === undefined) throw new Error('--data names the folder that has train/ and test/');
	const number = readNumber.bind(null, 'quantize');
	const calibrate = number('calibrate', values.calibrate, { min: 1, max: 5000, isWhole: true });
	const perClass =
		values['per-class'] === undefined
			? Infinity
			: number('per-class', values['per-class'], { min: 1, max: 1e6, isWhole: true });
	if (values.save && perClass !== Infinity)
		throw new Error('--save measures all test pictures, without --per-class');
	const setting: Setting = {
		bits: number('bits', values.bits, { min: 2, max: 8, isWhole: true }),
		granularity: readChoice('quantize', 'granularity', values.granularity, granularities),
		calibration: readChoice('quantize', 'calibration', values.calibration, calibrations)
	};
	const card = join(bundledFolder, id, 'card.json');
	const measuring = await prepare(id, values.data, { perClass, calibrate, isEqualized: values.equalize });
	const { test, seen } = measuring;
	const settings: QuantizedAccuracy[] = [];
	for (const of of values.save ? shown : [setting]) {
		settings.push(await measure(measuring, of));
		process.stderr.write(`${JSON.stringify(settings.at(-1))}\n`);
	}
	if (values.save) {
		const calibration = await chooseCalibration(measuring);
		const ranges = Object.fromEntries(
			Object.entries(chooseRanges(seen, calibration)).map(([ref, { low, high }]) => [
				ref,
				{ low: sevenDigits(low), high: sevenDigits(high) }
			])
		);
		const of = { pictures: test.pictures.length, calibratedOn: measuring.train.pictures.length };
		const quantization = {
			...of,
			...(values.equalize && { isEqualized: true }),
			calibration,
			settings,
			ranges
		};
		const written = parseCard(readFileSync(card, 'utf8'));
		const unequalized = values.equalize ? unequalizedOf(written.quantization) : undefined;
		writeFileSync(
			card,
			formatCard({ ...written, quantization: { ...quantization, ...(unequalized && { unequalized }) } })
		);
	}
	console.log(JSON.stringify({ set: id, pictures: test.pictures.length, settings }, null, '\t'));
}

/** What was measured before channels were equalised, which the site shows beside it. */
function unequalizedOf(before: QuantizationFigures | undefined): RoundingFigures | undefined {
	if (!before || before.isEqualized) return before?.unequalized;
	const { calibration, settings, ranges } = before;
	return { calibration, settings, ranges };
}

/** What a float32 holds. */
const sevenDigits = (value: number): number => Number(value.toPrecision(7));

await runCommand('quantize', main);
