/**
 * Turns a bundled set of weights into a network on 8-bit integers and measures its accuracy on CIFAR-10's test pictures, by the
 * kernels of this site's engine:
 *
 *     npm run quantize -- SET --data DIR [--bits 8] [--activations 7] [--granularity channel|tensor]
 *         [--calibration max|percentile|squares] [--equalize]
 *     npm run quantize -- SET --data DIR --save [--missing] [--equalize]
 *
 * DIR has `train/<class>/*.jpg`, of which the first of each class say what values tensors have (`--calibrate 50` a class), and
 * `test/<class>/*.jpg`. Activations have as many bits as weights, at most 7, where `--activations` does not say how many. `--save`
 * measures all settings that the site shows, and keeps them in the set's card, with the ranges for 8 bits; with `--missing` only those
 * that the card lacks. `--equalize` gives channels of a tensor about the same range first; what was saved without it is kept beside
 * that. Prints JSON. What cannot be is one line on standard error and exit code 2.
 */
import { maxIndex } from 'd3-array';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import {
	formatCard,
	parseCard,
	type Card,
	type QuantizationFigures,
	type QuantizedAccuracy,
	type RoundingFigures
} from '../src/lib/engine/card';
import { equalizingFactors } from '../src/lib/nets/quantization/equalize';
import { activationBitsFor, mostActivationBits } from '../src/lib/nets/quantization/integers';
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
	readonly activationBits: number;
	readonly granularity: Granularity;
	readonly calibration: Calibration;
}

const most = mostActivationBits;
const fewer = [7, 6, 5, 4, 3, 2];

/** What the site shows: all ways at 8 bits; below, the best of calibrations, of weights with activations and of weights alone. */
const shown: readonly Setting[] = [
	...granularities.flatMap((granularity) =>
		[...calibrations]
			.reverse()
			.map((calibration) => ({ bits: 8, activationBits: most, granularity, calibration }))
	),
	...[
		...fewer.map((bits) => ({ bits, activationBits: bits })),
		...fewer.filter((bits) => bits < most).map((bits) => ({ bits, activationBits: most }))
	].flatMap((bits) =>
		granularities.map((granularity) => ({ ...bits, granularity, calibration: 'squares' as const }))
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
		tried.push(
			await measure(of, { bits: 8, activationBits: most, granularity: 'channel', calibration }, of.train)
		);
	return tried.reduce((best, other) => (other.agreement > best.agreement ? other : best)).calibration;
}

async function measure(of: Measuring, setting: Setting, on: Tested = of.test): Promise<QuantizedAccuracy> {
	const { compileIntegerKernels } = await import('../src/lib/engine/int8/kernels');
	const { IntegerProgram } = await import('../src/lib/engine/int8/program');
	const ranges = chooseRanges(of.seen, setting.calibration, setting.activationBits);
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
			activations: { type: 'string' },
			granularity: { type: 'string', default: 'channel' },
			calibration: { type: 'string', default: 'squares' },
			calibrate: { type: 'string', default: '50' },
			'per-class': { type: 'string' },
			equalize: { type: 'boolean', default: false },
			save: { type: 'boolean', default: false },
			missing: { type: 'boolean', default: false }
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
	if (values.missing && !values.save) throw new Error('--missing says what --save measures');
	const bits = number('bits', values.bits, { min: 2, max: 8, isWhole: true });
	const setting: Setting = {
		bits,
		activationBits:
			values.activations === undefined
				? activationBitsFor(bits)
				: number('activations', values.activations, { min: 2, max: most, isWhole: true }),
		granularity: readChoice('quantize', 'granularity', values.granularity, granularities),
		calibration: readChoice('quantize', 'calibration', values.calibration, calibrations)
	};
	const isEqualized = values.equalize;
	const known = values.missing ? roundingOf(readCard(id).quantization, isEqualized) : undefined;
	if (values.missing && !known)
		throw new Error(`--missing adds to what --save kept, and the card of ${id} has nothing of it`);
	const measuring = await prepare(id, values.data, { perClass, calibrate, isEqualized });
	const calibratedOn = readCard(id).quantization?.calibratedOn;
	if (known && calibratedOn !== measuring.train.pictures.length)
		throw new Error(
			`--missing needs ranges of the ${calibratedOn} pictures that the card's figures are from`
		);
	const settings: QuantizedAccuracy[] = [];
	for (const of of values.save ? shown : [setting])
		settings.push(known?.settings.find((other) => isSame(of, other)) ?? (await told(measuring, of)));
	if (known) add(id, isEqualized, settings);
	else if (values.save) await save(id, measuring, settings);
	console.log(JSON.stringify({ set: id, pictures: measuring.test.pictures.length, settings }, null, '\t'));
}

async function told(measuring: Measuring, setting: Setting): Promise<QuantizedAccuracy> {
	const figures = await measure(measuring, setting);
	process.stderr.write(`${JSON.stringify(figures)}\n`);
	return figures;
}

const isSame = (a: Setting, b: Setting): boolean =>
	a.bits === b.bits &&
	a.activationBits === b.activationBits &&
	a.granularity === b.granularity &&
	a.calibration === b.calibration;

const cardOf = (id: string): string => join(bundledFolder, id, 'card.json');
const readCard = (id: string): Card => parseCard(readFileSync(cardOf(id), 'utf8'));

/** Keeps all that was measured, with the ranges for 8 bits. */
async function save(id: string, of: Measuring, settings: readonly QuantizedAccuracy[]): Promise<void> {
	const calibration = await chooseCalibration(of);
	const ranges = Object.fromEntries(
		Object.entries(chooseRanges(of.seen, calibration)).map(([ref, { low, high }]) => [
			ref,
			{ low: sevenDigits(low), high: sevenDigits(high) }
		])
	);
	const card = readCard(id);
	const unequalized = of.isEqualized ? roundingOf(card.quantization, false) : undefined;
	const quantization = {
		...{ pictures: of.test.pictures.length, calibratedOn: of.train.pictures.length },
		...(of.isEqualized && { isEqualized: true }),
		...{ calibration, settings, ranges },
		...(unequalized && { unequalized })
	};
	writeFileSync(cardOf(id), formatCard({ ...card, quantization }));
}

/** Keeps what was measured besides. */
function add(id: string, isEqualized: boolean, settings: readonly QuantizedAccuracy[]): void {
	const card = readCard(id);
	const { unequalized, ...used } = card.quantization!;
	const quantization =
		Boolean(used.isEqualized) === isEqualized
			? { ...used, settings, unequalized }
			: { ...used, unequalized: { ...unequalized!, settings } };
	writeFileSync(cardOf(id), formatCard({ ...card, quantization }));
}

/** What a card has of a set with its channels equalised, or without. */
function roundingOf(
	figures: QuantizationFigures | undefined,
	isEqualized: boolean
): RoundingFigures | undefined {
	if (!figures || Boolean(figures.isEqualized) === isEqualized) return figures;
	return figures.unequalized;
}

/** What a float32 holds. */
const sevenDigits = (value: number): number => Number(value.toPrecision(7));

await runCommand('quantize', main);
