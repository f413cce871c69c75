import { zipSync } from 'fflate';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preprocessings, type WeightSet } from '$lib/engine/client';
import { unsupported } from '$lib/formats/format';
import type { Lesson } from '$lib/running/ownClasses/teach';
import { carryAll, isPutDown } from '$lib/stored/carried';
import { addCarrier } from '$lib/stored/carriers';
import { keepClasses, keptClassesBytes, readClasses, removeClasses } from '$lib/stored/ownClasses';
import { drawExamination, examine } from '$lib/training/head/examination';
import { Ended } from '$lib/stored/unloaded';
import { fitHead, NotLearned } from '$lib/training/head/softmaxRegression';
import { OwnClasses } from '../../../../src/routes/[lang=lang]/(site)/playground/classes/classes.svelte';
import {
	mostClasses,
	mostPictures,
	OwnClass
} from '../../../../src/routes/[lang=lang]/(site)/playground/classes/ownClass.svelte';
import { areEnough, timedRuns } from '$lib/nets/times/timedRuns';
import type { Kept } from '../../../../src/routes/[lang=lang]/(site)/playground/classes/kept';
import { networkById } from '$lib/nets';
import { isolated } from '$lib/nets/plainText';
import { holdOpened } from '$lib/running/files/opened';
import { PictureError } from '$lib/running/picture/inspect';
import { FakeCache, FakeCaches } from '../../../fakeCaches';
import { stubStorage } from '../../storage';
import { until } from '../../until';
import { EngineError, failed, fake } from '../fakeEngine';

vi.mock('$lib/engine/client', () => import('../fakeEngine'));
const learning = vi.hoisted(() => ({ teach: vi.fn() }));
vi.mock('$lib/running/ownClasses/teach', () => learning);
const layersModel = vi.hoisted(() => ({ layersModelOf: vi.fn() }));
vi.mock('../../../../src/routes/[lang=lang]/(site)/playground/classes/layersModel', () => layersModel);
/** There is no document: a picture is its number, and a copy of another one where its blob says of which. */
const pictures = vi.hoisted(() => {
	let nextId = 1;
	const keptOf = (blob: Blob): Kept => {
		const id = nextId++;
		return { id, blob, url: '', print: blob.type || String(id) };
	};
	return {
		keptOf,
		letGo: vi.fn((_of: readonly Kept[]) => {}),
		keep: async ({ width }: { readonly width: number }) =>
			keptOf(new Blob(['picture'], { type: width > 1000 ? `copy/${width}` : '' })),
		keepFile: (_: File, { pixels }: { readonly pixels: { readonly width: number } }) => pictures.keep(pixels),
		pixelsOf: async ({ id }: Kept) => ({ width: id, height: 1, data: new Uint8ClampedArray(4) })
	};
});
vi.mock('../../../../src/routes/[lang=lang]/(site)/playground/classes/kept', () => pictures);
const decode = vi.hoisted(() => ({ decodePicture: vi.fn(), draw: vi.fn() }));
vi.mock('$lib/running/picture/decode', () => decode);

const set = (of: Pick<WeightSet, 'id' | 'network' | 'knobs'>): WeightSet => ({
	...{ title: of.id, classes: ['cat', 'ship'], preprocessing: preprocessings.symmetric },
	...{ storage: 'float32', bytes: 1000, hash: of.id, files: {}, source: 'somebody', licence: 'MIT' },
	...of
});
const sets = [
	set({ id: 'cifar10-mobilenet', network: 'mobilenet', knobs: { alpha: 0.25, resolution: 32, classes: 2 } }),
	set({ id: 'cifar10-xception', network: 'xception', knobs: { width: 0.125, resolution: 32, classes: 2 } })
];
const width = 4;
const pixels = { width: 2, height: 2, data: new Uint8ClampedArray(16) };

/** As the worker does it, here and now. */
async function teach({ features, labels, classes, seed }: Lesson) {
	const examination = drawExamination(labels, classes, seed);
	const steps = examine(features, labels, classes, examination);
	let step = steps.next();
	while (!step.done) step = steps.next();
	return {
		...{ trained: fitHead(features, labels, classes), examination, examined: step.value, milliseconds: 1 }
	};
}

beforeEach(() => {
	fake.reset();
	learning.teach.mockImplementation(teach);
	vi.stubGlobal('caches', new FakeCaches());
	vi.stubGlobal('location', { origin: 'https://site.example' });
	stubStorage('sessionStorage');
	// Features say which picture it is: an even number or an odd one.
	fake.run = async (_: never, input: never, { watch }: never = {} as never) => ({
		...{ output: { shape: [1, 1, 2], data: new Float32Array(2) }, milliseconds: 5 },
		...{ backend: 'wasm', isInteger: false, notices: [] },
		watched: {
			[(watch as readonly string[])[0]!]: {
				shape: [1, 1, width],
				data: Float32Array.from({ length: width }, (_value, i) =>
					i === 0 ? (input as { picture: { width: number } }).picture.width % 2 : i
				)
			}
		}
	});
});
afterEach(() => void vi.unstubAllGlobals());

/** Follows the link to the page in another language. */
async function leave(own: OwnClasses): Promise<void> {
	addCarrier(own.carrier);
	await carryAll();
}

/** The page in the other language, once it has taken what came along. */
async function arrived(): Promise<OwnClasses> {
	const there = new OwnClasses(sets, ({ id }) => id);
	await there.arrive();
	return there;
}

/** Two classes, of even and of odd pictures. */
function parted(each: number): OwnClasses {
	const own = new OwnClasses(sets, ({ id }) => id);
	const kept = Array.from({ length: 2 * each }, () => pictures.keptOf(new Blob(['picture'])));
	const of = (rest: number) => kept.filter(({ id }) => id % 2 === rest);
	own.collection.classes = [new OwnClass('even', of(0)), new OwnClass('odd', of(1))];
	return own;
}

describe('OwnClasses', () => {
	it('says what still stands in the way', () => {
		const own = parted(3);
		expect(own.obstacle).toBeNull();
		const [even, odd] = own.collection.classes as [OwnClass, OwnClass];
		own.collection.rename(odd, ' even ');
		expect(own.obstacle).toMatch(/Two classes are called “even”/);
		own.collection.rename(odd, 'odd');
		odd.pictures = odd.pictures.slice(0, 1);
		expect(own.obstacle).toMatch(/“odd” has one picture/);
		odd.pictures = [];
		expect(own.obstacle).toMatch(/“odd” has no pictures yet/);
		own.collection.remove(odd);
		expect(own.obstacle).toMatch(/one class only/);
		expect(own.collection.classes).toEqual([even]);
	});

	it('trains nothing while something stands in the way, and says what', async () => {
		const own = new OwnClasses(sets, ({ id }) => id);
		await own.teach();
		expect(own.refusal).toMatch(/has no pictures yet/);
		expect(fake.calls).toEqual([]);
	});

	it('brings back a class that was removed, where it was', () => {
		const own = parted(2);
		const [even, odd] = own.collection.classes;
		own.collection.remove(even!);
		own.collection.undo();
		expect(own.collection.classes).toEqual([even, odd]);
		expect(own.collection.classes[0]!.pictures).toHaveLength(2);
	});

	it('brings back pictures where they were, among those that came since', async () => {
		const own = parted(3);
		const [even] = own.collection.classes as [OwnClass];
		const [first, second, third] = even.pictures;
		own.collection.removePictures(even, [first!, third!]);
		await own.collection.take(even, pixels);
		own.collection.undo();
		expect(even.pictures.slice(0, 3)).toEqual([first, second, third]);
		expect(even.pictures).toHaveLength(4);
		own.collection.removePictures(even, even.pictures);
		expect(even.pictures).toEqual([]);
		own.collection.undo();
		expect(even.pictures).toHaveLength(4);
	});

	it('calls no new class as the one that is said to be removed, and says so until something is learned', async () => {
		const own = parted(3);
		const [, , third] = [...own.collection.classes, own.collection.add()!];
		own.collection.remove(third!);
		const added = own.collection.add()!;
		expect(added.name).not.toBe(third!.name);
		own.collection.remove(added);
		expect(own.collection.removal).not.toBeNull();
		await own.teach();
		expect(own.collection.removal).toBeNull();
		expect(own.teaching.learned.length).toBeGreaterThan(0);
	});

	it('lets no class of now go for one that is brought back', () => {
		const own = parted(2);
		const [even] = own.collection.classes;
		own.collection.remove(even!);
		while (own.collection.add());
		own.collection.undo();
		expect(own.problem.at('collecting')).toMatch(/10 classes are the most/);
		expect(own.collection.classes).toHaveLength(mostClasses);
		own.collection.classes = own.collection.classes.slice(0, -1);
		own.collection.undo();
		expect(own.collection.classes[0]).toBe(even);
	});

	it('shows pictures that were learned as long as what was learned is shown', async () => {
		const own = parted(3);
		pictures.letGo.mockClear();
		await own.teach();
		const [even] = own.collection.classes as [OwnClass];
		const gone = even.pictures[0]!;
		own.collection.removePictures(even, [gone]);
		own.collection.removePictures(even, [even.pictures[0]!]);
		const released = () => pictures.letGo.mock.calls.flatMap(([of]) => of);
		expect(released()).not.toContain(gone);
		await own.collection.take(even, pixels);
		await own.teach();
		expect(released()).toContain(gone);
	});

	it('learns none of the classes that are left out, and keeps their pictures', async () => {
		const own = parted(3);
		own.collection.add('spare');
		expect(own.obstacle).toMatch(/“spare” has no pictures yet/);
		const spare = own.collection.classes[2]!;
		spare.isOff = true;
		await own.teach();
		expect(own.teaching.learned[0]!.classes.map(({ name }) => name)).toEqual(['even', 'odd']);
		await own.collection.take(spare, pixels);
		expect(own.changed).toBeNull();
		spare.isOff = false;
		expect(own.changed).toBe('classes');
		own.collection.classes[0]!.isOff = own.collection.classes[1]!.isOff = true;
		expect(own.obstacle).toMatch(/Fewer than two classes are taken in/);
		expect(own.collection.count).toBe(7);
	});

	it('says aloud what stands in the way once training was asked for, until nothing does', async () => {
		const own = parted(2);
		const [, odd] = own.collection.classes as [OwnClass, OwnClass];
		odd.pictures = odd.pictures.slice(0, 1);
		expect(own.refusal).toBeNull();
		await own.teach();
		expect(own.refusal).toMatch(/“odd” has one picture/);
		await own.collection.take(odd, pixels);
		expect(own.refusal).toBeNull();
	});

	it('takes times of each network until they are enough for a median, by the one rule', async () => {
		const own = parted(2);
		const { run } = fake;
		// Those of one network are long.
		fake.run = async (...given) => ({
			...((await run(...given)) as object),
			milliseconds: given[0] === (1 as never) ? 900 : 5
		});
		await own.teach();
		expect(own.teaching.learned.map(({ time }) => time.count)).toEqual([timedRuns.least, timedRuns.most]);
		expect(areEnough([])).toBe(false);
		expect(areEnough([5000, 5000])).toBe(false);
		expect(areEnough([5000, 5000, 5000])).toBe(true);
		expect(areEnough([1, 1, 1, 1])).toBe(false);
		expect(areEnough([1, 1, 1, 1, 1])).toBe(true);
	});

	it('reads what is given after reading was cancelled, and is through with it alone', async () => {
		const { collection } = new OwnClasses(sets, ({ id }) => id);
		const [of] = collection.classes;
		const file = new File(['picture'], 'a.png');
		let release = () => {};
		const held = new Promise<void>((done) => (release = done));
		decode.decodePicture.mockImplementationOnce(() => held.then(() => ({ pixels })));
		decode.decodePicture.mockImplementation(async () => ({ pixels }));
		const first = collection.takeFiles(of!, [file, file, file]);
		const waiting = collection.takeFiles(of!, [file]);
		await until(() => decode.decodePicture.mock.calls.length === 1);
		collection.cancelReading();
		const second = collection.takeFiles(of!, [file, file]);
		expect(collection.reading).toEqual({ done: 0, count: 2 });
		release();
		await Promise.all([first, waiting]);
		await second;
		expect(collection.reading).toBeNull();
		// The one that was being read when it was cancelled, and the two after it.
		expect(of!.pictures).toHaveLength(3);
	});

	it('takes no copy of a picture into a class, and says how many were left out', async () => {
		const { collection, problem } = new OwnClasses(sets, ({ id }) => id);
		const [first, second] = collection.classes as [OwnClass, OwnClass];
		const same = { ...pixels, width: 1001 };
		decode.decodePicture.mockImplementation(async ({ name }: File) => ({
			pixels: { ...pixels, width: Number(name) }
		}));
		const files = ['1001', '1002', '1001', '1001'].map((name) => new File(['picture'], name));
		await collection.takeFiles(first, files);
		expect(first.pictures).toHaveLength(2);
		expect(problem.at(first)).toMatch(/^2 pictures were left out/);
		expect(await collection.take(first, same)).toBe('copy');
		expect(problem.at(first)).toMatch(/^1 picture was left out/);
		expect(collection.overlap).toBeNull();
		expect(await collection.take(second, same)).toBe('taken');
		expect(collection.overlap).toEqual({ first, second, count: 1 });
		second.isOff = true;
		expect(collection.overlap).toBeNull();
	});

	it('brings back no copy of what was given again meanwhile', async () => {
		const { collection } = new OwnClasses(sets, ({ id }) => id);
		const [of] = collection.classes as [OwnClass];
		const same = { ...pixels, width: 1001 };
		await collection.take(of, same);
		collection.removePictures(of, of.pictures);
		await collection.take(of, same);
		collection.undo();
		expect(of.pictures).toHaveLength(1);
	});

	it('opens an archive of pictures wherever it is dropped, and leaves any other one alone', async () => {
		const { collection, problem } = new OwnClasses(sets, ({ id }) => id);
		decode.decodePicture.mockImplementation(async () => ({ pixels }));
		const archive = (name: string) => {
			const bytes = zipSync({ [name]: new Uint8Array([1]) }, { level: 0 });
			return new File([bytes as BlobPart], 'own.zip', { type: 'application/zip' });
		};
		const dropped = { isDropped: true };
		for (const name of ['model/weights.bin', 'model.json'])
			expect(await collection.takeArchive(archive(name), dropped)).toBe(false);
		expect([problem.text, collection.count]).toEqual([null, 0]);
		// Where pictures are asked for, it is said what it is instead.
		expect(await collection.takeArchive(archive('model.json'))).toBe(true);
		expect(problem.at('keeping')).toBe(
			'own.zip holds a network and no pictures. To open it, drop it on the page.'
		);
		expect(await collection.takeArchive(archive('cup/001.jpg'), dropped)).toBe(true);
		expect(collection.classes.map(({ name, pictures: of }) => [name, of.length])).toEqual([['cup', 1]]);
	});

	it('makes no class of a folder in which no picture is, or none that can be read', async () => {
		const { collection, problem } = new OwnClasses(sets, ({ id }) => id);
		decode.decodePicture.mockImplementation(async ({ name }: File) => {
			if (name === 'broken.jpg') throw new PictureError('notAPicture', { file: name });
			return { pixels };
		});
		const archive = (...names: readonly string[]) => {
			const bytes = zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array([1])])));
			return new File([bytes as BlobPart], 'own.zip', { type: 'application/zip' });
		};
		await collection.takeArchive(archive('cup/broken.jpg'));
		expect(collection.classes.map(({ name }) => name)).toEqual(['Class 1', 'Class 2']);
		await collection.takeArchive(archive('cup/001.jpg', 'pen/broken.jpg', 'notes/about.txt'));
		expect(collection.classes.map(({ name }) => name)).toEqual(['cup']);
		expect(problem.at('keeping')).not.toBeNull();
		await collection.takeFiles(collection.classes[0]!, [archive('notes/about.txt')]);
		expect(problem.at(collection.classes[0]!)).toMatch(/^own\.zip is a zip, but no pictures/);
		await collection.takeFiles(collection.classes[0]!, [new File(['no zip'], 'own.zip')]);
		expect(problem.at(collection.classes[0]!)).toMatch(/^own\.zip is no zip/);
	});

	it('says how many pictures of an archive were there already, in all classes', async () => {
		const { collection, problem } = new OwnClasses(sets, ({ id }) => id);
		decode.decodePicture.mockImplementation(async ({ name }: File) => ({
			pixels: { ...pixels, width: Number.parseInt(name) }
		}));
		const names = ['cup/1001.jpg', 'cup/1002.jpg', 'pen/1003.jpg'];
		const bytes = zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array([1])])));
		const file = new File([bytes as BlobPart], 'own.zip', { type: 'application/zip' });
		await collection.takeArchive(file);
		expect([collection.count, problem.text]).toEqual([3, null]);
		await collection.takeArchive(file);
		expect(collection.count).toBe(3);
		expect(problem.at('keeping')).toBe('3 pictures were there already, and were not taken again.');
	});

	it('says of an archive that is cut off that it is damaged, wherever it is given, and keeps what is there', async () => {
		const { collection, problem } = new OwnClasses(sets, ({ id }) => id);
		const [of] = collection.classes as [OwnClass];
		await collection.take(of, pixels);
		decode.decodePicture.mockImplementation(async () => ({ pixels }));
		const whole = zipSync({ 'cup/001.jpg': new Uint8Array(100) }, { level: 0 });
		const cut = new File([whole.slice(0, 120) as BlobPart], 'own.zip', { type: 'application/zip' });
		for (const [options, place] of [
			[{ isDropped: true }, 'collecting'],
			[{}, 'keeping']
		] as const) {
			expect(await collection.takeArchive(cut, options)).toBe(true);
			expect(problem.at(place)).toMatch(/^own\.zip is damaged or cut off/);
		}
		await collection.takeFiles(of, [cut, new File(['picture'], 'a.png')]);
		expect(problem.at(of)).toMatch(/^own\.zip is damaged or cut off/);
		expect(collection.classes.map(({ pictures: own }) => own.length)).toEqual([2, 0]);
	});

	it('lets no name of a class turn the words around it', () => {
		const { collection } = new OwnClasses(sets, ({ id }) => id);
		const [of] = collection.classes as [OwnClass];
		const turned = String.fromCodePoint(0x202e);
		collection.rename(of, `${turned}cups`);
		expect([of.name, of.said, new OwnClass(`${turned}pens`).name]).toEqual(['cups', 'cups', 'pens']);
		collection.rename(of, 'כוסות');
		expect(of.name).toBe('כוסות');
		expect(of.said).toBe(isolated('כוסות'));
		expect(of.said).not.toBe(of.name);
	});

	it('takes names that differ in nothing but capitals for one, and wants one of each class', () => {
		const own = parted(3);
		const [even, odd] = own.collection.classes as [OwnClass, OwnClass];
		own.collection.rename(odd, 'Even');
		expect(own.obstacle).toMatch(/Two classes are called/);
		odd.name = ' ';
		expect(own.obstacle).toMatch(/has no name/);
		own.collection.rename(even, 'class 2');
		own.collection.rename(odd, ' ');
		expect(odd.name).toBe('Class 3');
	});

	it('says to who comes back that training was ended with the page', async () => {
		const own = parted(3);
		const training = own.teach();
		own.rest();
		await training;
		expect(own.problem.at('teaching')).toMatch(/ended when you left/);
		expect([own.teaching.progress, own.collection.count]).toEqual([null, 6]);
	});

	it('gives new classes names of their own, and no more than fit', () => {
		const own = new OwnClasses(sets, ({ id }) => id);
		own.collection.rename(own.collection.classes[0]!, 'Class 3');
		for (let i = 0; i < 20; i++) own.collection.add();
		expect(own.collection.classes).toHaveLength(mostClasses);
		expect(new Set(own.collection.classes.map(({ name }) => name)).size).toBe(mostClasses);
		own.collection.rename(own.collection.classes[1]!, '   ');
		expect(own.collection.classes[1]!.name).not.toBe('');
	});

	it('has every network look at each picture once, and learn', async () => {
		const own = parted(3);
		await own.teach();
		expect(own.problem.text).toBeNull();
		expect(own.teaching.learned.map(({ backbone }) => backbone.id)).toEqual(['mobilenet', 'xception']);
		for (const { taught } of own.teaching.learned)
			expect([taught.examined.right, taught.examined.tested]).toEqual([6, 6]);
		expect(own.changed).toBeNull();
		const runs = () => fake.calls.filter(([name]) => name === 'run').length;
		const first = runs();
		await own.collection.take(own.collection.classes[0]!, pixels);
		expect(own.changed).toBe('classes');
		await own.teach();
		// One more picture for two networks, and their times.
		const timed = 2 * timedRuns.most;
		expect(runs() - first).toBe(2 + timed);
		expect(own.teaching.progress).toBeNull();
	});

	it('answers with every network, the last that was asked for', async () => {
		const own = parted(3);
		await own.teach();
		const even = { ...pixels, width: 8 };
		await Promise.all([own.teaching.answer({ ...pixels, width: 7 }), own.teaching.answer(even)]);
		expect(own.teaching.answers).toHaveLength(2);
		for (const { shares } of own.teaching.answers) expect(shares[0]).toBeGreaterThan(0.5);
	});

	it('goes on without a network that does not load, and says so', async () => {
		const own = parted(3);
		let loads = 0;
		const { load } = fake;
		fake.load = async () => {
			if (++loads === 1) throw new EngineError(failed('weights'));
			return load();
		};
		await own.teach();
		expect(own.teaching.failures.map(({ backbone }) => backbone.id)).toEqual(['mobilenet']);
		expect(own.teaching.learned.map(({ backbone }) => backbone.id)).toEqual(['xception']);
	});

	it('keeps what was learned where nothing can be learned from what is there now', async () => {
		const own = parted(3);
		await own.teach();
		const { learned } = own.teaching;
		learning.teach.mockRejectedValue(new NotLearned('the loss is no number'));
		await own.teach();
		expect(own.problem.text).toMatch(/not a number/);
		expect(own.teaching.learned).toBe(learned);
		learning.teach.mockRejectedValue(new Ended('the worker has ended'));
		await own.teach();
		expect(own.problem.at('teaching')).toMatch(/^The browser ended the training, .* train again\.$/);
		// What nobody foresaw is a sentence all the same.
		learning.teach.mockRejectedValue(new Error('out of luck'));
		await own.teach();
		expect(own.problem.at('teaching')).toMatch(/: out of luck\. Your pictures/);
		expect(own.collection.count).toBe(6);
	});

	it('says which layer keeps a network from being taken along', async () => {
		const own = parted(3);
		await own.teach();
		const error = unsupported('model.json', 'operator', { name: 'stage2/split', type: 'split' });
		layersModel.layersModelOf.mockRejectedValue(error);
		expect(await own.teaching.filesOf(own.teaching.learned[0]!)).toBeNull();
		expect(own.problem.at('outcome')).toMatch(
			/cannot be saved as a file: .* stage2\/split, which is read as “Split”/
		);
		layersModel.layersModelOf.mockRejectedValue(new Error('a fault'));
		await own.teaching.filesOf(own.teaching.learned[0]!);
		expect(own.problem.at('outcome')).toMatch(/did not work: a fault/);
		expect(own.teaching.learned).toHaveLength(2);
	});

	it('is cancelled without a word', async () => {
		const own = parted(3);
		const training = own.teach();
		own.teaching.cancel();
		await training;
		expect([own.problem.text, own.teaching.progress, own.teaching.learned.length]).toEqual([null, null, 0]);
	});

	it('takes no more pictures than a class holds', async () => {
		const own = parted(2);
		const [even] = own.collection.classes as [OwnClass, OwnClass];
		even.pictures = Array.from({ length: mostPictures }, () => pictures.keptOf(new Blob(['picture'])));
		expect(await own.collection.take(even, pixels)).toBe('full');
		expect(own.problem.text).toMatch(/has 200 pictures, which is the most/);
		expect(even.pictures).toHaveLength(mostPictures);
	});

	it('takes copies for what they are before it counts what there is room for, and says only what is true', async () => {
		const { collection, problem } = new OwnClasses(sets, ({ id }) => id);
		const [of] = collection.classes as [OwnClass];
		decode.decodePicture.mockImplementation(async ({ name }: File) => ({
			pixels: { ...pixels, width: Number(name) }
		}));
		const files = (from: number, count: number) =>
			Array.from({ length: count }, (_, i) => new File(['picture'], String(from + i)));
		await collection.takeFiles(of, files(1001, 3));
		// There is room for all but the three that it has, which take none.
		await collection.takeFiles(of, files(1001, mostPictures));
		expect(of.pictures).toHaveLength(mostPictures);
		expect(problem.at(of)).toMatch(/^3 pictures were left out: [^.:]* has them already\.$/);
		expect(collection.reading).toBeNull();
		// A class that is full takes none anew, and knows its own.
		await collection.takeFiles(of, files(1001, mostPictures));
		expect(problem.at(of)).toMatch(/^200 pictures were left out: [^.:]* has them already\.$/);
		expect(await collection.take(of, { ...pixels, width: 1001 })).toBe('copy');
		// Both are said where both are so.
		await collection.takeFiles(of, [...files(1001, 2), ...files(5001, 3)]);
		expect(problem.at(of)).toMatch(
			/holds 200 pictures at most: 3 files were left out\. 2 pictures were left out: [^.:]* has them already\.$/
		);
		// Of very many no more are read than can tell.
		decode.decodePicture.mockClear();
		await collection.takeFiles(of, files(6001, 10 * mostPictures));
		expect(decode.decodePicture).toHaveBeenCalledTimes(2 * mostPictures);
		expect(problem.at(of)).toMatch(/holds 200 pictures at most: 2,?000 files were left out\.$/);
		expect(of.pictures).toHaveLength(mostPictures);
		expect(collection.reading).toBeNull();
	});

	it('reads on where the first of very many are copies of one another', async () => {
		const { collection } = new OwnClasses(sets, ({ id }) => id);
		const [of] = collection.classes as [OwnClass];
		decode.decodePicture.mockImplementation(async ({ name }: File) => ({
			pixels: { ...pixels, width: Number(name) }
		}));
		const names = Array.from({ length: 3 * mostPictures }, (_, i) => String(Math.max(1001, 500 + i)));
		await collection.takeFiles(
			of,
			names.map((name) => new File(['picture'], name))
		);
		expect(of.pictures).toHaveLength(new Set(names).size);
		expect(collection.reading).toBeNull();
	});

	it('looks again at none but new pictures, however often it is taught', async () => {
		const own = parted(3);
		await own.teach();
		const runs = () => fake.calls.filter(([name]) => name === 'run').length;
		for (let i = 0; i < 5; i++) {
			const before = runs();
			own.collection.removePictures(own.collection.classes[0]!, [own.collection.classes[0]!.pictures[0]!]);
			await own.collection.take(own.collection.classes[0]!, pixels);
			await own.teach();
			expect(runs() - before).toBe(2 + 2 * timedRuns.most);
		}
	});
});

describe('on the way to the page in another language', () => {
	it('what was learned goes along, with the pictures that it shows, and answers there', async () => {
		const own = parted(3);
		await own.teach();
		const [first] = own.teaching.learned;
		const wanted = own.teaching.learned.map(({ taught: { trained, ...taught }, time }) => [
			...[{ ...trained, head: null }, taught, time],
			...[[...trained.head.kernel], [...trained.head.bias]]
		]);
		await leave(own);
		const there = await arrived();
		expect(
			there.teaching.learned.map(({ taught: { trained, ...taught }, time }) => [
				...[{ ...trained, head: null }, taught, time],
				...[[...trained.head.kernel], [...trained.head.bias]]
			])
		).toEqual(wanted);
		const [found] = there.teaching.learned;
		expect(found!.backbone.lane.key).toBe(first!.backbone.lane.key);
		expect([found!.pictures.length, found!.labels, found!.classes]).toEqual([
			...[6, first!.labels],
			there.collection.classes
		]);
		expect([there.changed, there.teaching.took]).toEqual([null, own.teaching.took]);
		await there.teaching.answer({ ...pixels, width: 8 });
		expect(there.teaching.answers[0]!.shares[0]).toBeGreaterThan(0.5);
	});

	it('what was learned stays apart from what has changed since', async () => {
		const own = parted(3);
		await own.teach();
		const [even] = own.collection.classes as [OwnClass];
		own.collection.removePictures(even, [even.pictures[0]!]);
		own.collection.remove(own.collection.classes[1]!);
		await leave(own);
		const there = await arrived();
		expect(there.collection.classes.map(({ name, pictures: of }) => [name, of.length])).toEqual([
			['even', 2]
		]);
		const [found] = there.teaching.learned;
		expect([found!.pictures.length, found!.classes.map(({ name }) => name)]).toEqual([6, ['even', 'odd']]);
		expect(there.changed).toBe('classes');
	});

	it('a training that is under way is taken up there', async () => {
		const own = parted(3);
		const training = own.teach();
		await leave(own);
		own.teaching.cancel();
		await training;
		const there = await arrived();
		expect(there.teaching.learned.map(({ backbone }) => backbone.id)).toEqual(['mobilenet', 'xception']);
		expect(there.changed).toBeNull();
	});

	it('pictures that are being read are read first', async () => {
		const own = new OwnClasses(sets, ({ id }) => id);
		decode.decodePicture.mockImplementation(async () => ({ pixels }));
		const files = Array.from({ length: 5 }, () => new File(['picture'], 'a.png'));
		void own.collection.takeFiles(own.collection.classes[0]!, files);
		await until(() => own.collection.isUsed);
		await leave(own);
		expect((await arrived()).collection.count).toBe(5);
	});

	it('pictures go along while an archive is opened, or the example is drawn', async () => {
		const own = new OwnClasses(sets, ({ id }) => id);
		decode.decodePicture.mockImplementation(async () => ({ pixels }));
		const bytes = zipSync({ 'cup/001.jpg': new Uint8Array([1]), 'cup/002.jpg': new Uint8Array([1]) });
		void own.collection.takeArchive(new File([bytes as BlobPart], 'own.zip'));
		await leave(own);
		expect((await arrived()).collection.count).toBe(2);

		const other = new OwnClasses(sets, ({ id }) => id);
		decode.draw.mockImplementation(() => ({ pixels }));
		const sheet = {} as HTMLCanvasElement;
		void other.collection.fillIn(Promise.resolve([{ name: 'circles', sheets: [sheet, sheet, sheet] }]));
		await leave(other);
		expect((await arrived()).collection.count).toBe(3);
	});

	it('the way back leads to what has become of them since', async () => {
		await leave(parted(2));
		const there = await arrived();
		const end = $effect.root(() => {
			$effect(() => there.putDown());
		});
		flushSync();
		const names = async () => (await arrived()).collection.classes.map(({ name }) => name);
		expect(await names()).toEqual(['even', 'odd']);
		there.collection.rename(there.collection.classes[0]!, 'cups');
		flushSync();
		there.collection.rename(there.collection.classes[1]!, 'pens');
		flushSync();
		await until(async () => String(await names()) === 'cups,pens');
		there.collection.replace([]);
		flushSync();
		await until(() => !isPutDown('classes'));
		end();
	});

	it('all is there again where the page is loaded anew, with no word before', async () => {
		const own = parted(3);
		const end = $effect.root(() => {
			$effect(() => own.putDown());
		});
		await own.arrive();
		await own.teach();
		flushSync();
		own.collection.rename(own.collection.classes[1]!, 'pens');
		flushSync();
		await until(async () => {
			const there = await arrived();
			const names = there.collection.classes.map(({ name }) => name);
			return String(names) === 'even,pens' && there.teaching.learned.length === own.teaching.learned.length;
		});
		const there = await arrived();
		expect([there.collection.count, there.isUnkept, there.changed]).toEqual([6, true, own.changed]);
		end();
	});

	it('who leaves is asked only while not all of it is put down', async () => {
		const own = parted(2);
		const end = $effect.root(() => {
			$effect(() => own.putDown());
		});
		expect(own.isAtRisk).toBe(true);
		await own.arrive();
		flushSync();
		await until(() => !own.isAtRisk);
		expect(own.isUnkept).toBe(true);
		// No room for more.
		vi.spyOn(sessionStorage, 'setItem').mockImplementation(() => {
			throw new DOMException('full', 'QuotaExceededError');
		});
		own.collection.rename(own.collection.classes[0]!, 'pens');
		flushSync();
		expect(own.isAtRisk).toBe(true);
		await own.carrier.give();
		await until(() => vi.mocked(sessionStorage.setItem).mock.calls.length > 0);
		expect(own.isAtRisk).toBe(true);
		vi.mocked(sessionStorage.setItem).mockRestore();
		own.collection.rename(own.collection.classes[0]!, 'cups');
		flushSync();
		await until(() => !own.isAtRisk);
		end();
	});

	it('whoever has nothing put down is no longer told that it is there again, until it is', async () => {
		const own = parted(2);
		const end = $effect.root(() => {
			$effect(() => own.putDown());
		});
		await own.arrive();
		flushSync();
		await until(() => !own.isAtRisk);
		expect(own.isRefused).toBe(false);
		const refuse = () => {
			throw new DOMException('refused', 'SecurityError');
		};
		let n = 0;
		const renamed = () => {
			own.collection.rename(own.collection.classes[0]!, `name ${n++}`);
			flushSync();
		};
		vi.spyOn(sessionStorage, 'setItem').mockImplementation(refuse);
		renamed();
		await until(() => own.isRefused);
		vi.mocked(sessionStorage.setItem).mockRestore();
		renamed();
		await until(() => !own.isRefused);
		const { open } = caches;
		caches.open = refuse;
		renamed();
		await until(() => own.isRefused);
		caches.open = open;
		renamed();
		await until(() => !own.isRefused);
		end();
	});

	it('nothing is taken for gone that has not come yet', async () => {
		await leave(parted(2));
		const there = new OwnClasses(sets, ({ id }) => id);
		const end = $effect.root(() => {
			$effect(() => there.putDown());
		});
		flushSync();
		await there.arrive();
		expect(there.collection.count).toBe(4);
		end();
	});

	it('while they are on their way it is known that they are, and nothing is asked for', async () => {
		await leave(parted(2));
		const there = new OwnClasses(sets, ({ id }) => id);
		expect([there.isKnown, there.isComing]).toEqual([false, false]);
		const coming = there.arrive();
		// At once, before anything is read.
		expect([there.isKnown, there.isComing, there.isBusy]).toEqual([true, true, true]);
		expect(there.arrive()).toBe(coming);
		await coming;
		expect([there.isComing, there.isBusy, there.obstacle]).toEqual([false, false, null]);
		stubStorage('sessionStorage');
		const fresh = new OwnClasses(sets, ({ id }) => id);
		void fresh.arrive();
		expect([fresh.isKnown, fresh.isComing]).toEqual([true, false]);
	});

	it('what is given while they are on their way goes into the classes that come to stand there', async () => {
		await leave(parted(2));
		const there = new OwnClasses(sets, ({ id }) => id);
		const { collection } = there;
		decode.decodePicture.mockImplementation(async () => ({ pixels }));
		decode.draw.mockImplementation(() => ({ pixels }));
		const [first, second] = collection.classes as [OwnClass, OwnClass];
		const coming = there.arrive();
		const file = () => new File(['picture'], 'a.png');
		const zip = zipSync({ 'odd/001.jpg': new Uint8Array([1]), 'pens/001.jpg': new Uint8Array([1]) });
		const given = [
			collection.takeFiles(second, [file(), file(), file()]),
			collection.takeSheet(first, {} as HTMLCanvasElement),
			collection.takeArchive(new File([zip as BlobPart], 'own.zip')),
			collection.fillIn(Promise.resolve([{ name: 'circles', sheets: [{} as HTMLCanvasElement] }]))
		];
		expect(collection.count).toBe(0);
		await coming;
		await Promise.all(given);
		expect(collection.classes.map(({ name, pictures: of }) => [name, of.length])).toEqual([
			['even', 3],
			['odd', 6],
			['pens', 1]
		]);
		expect([first.pictures.length, second.pictures.length, there.problem.text]).toEqual([0, 0, null]);
	});

	it('what is given where fewer come than stood there, or none that can be read, has a class of its own', async () => {
		const one = parted(2);
		one.collection.remove(one.collection.classes[1]!);
		await leave(one);
		decode.decodePicture.mockImplementation(async () => ({ pixels }));
		const withGiven = async () => {
			const there = new OwnClasses(sets, ({ id }) => id);
			const second = there.collection.classes[1]!;
			const coming = there.arrive();
			await Promise.all([coming, there.collection.takeFiles(second, [new File(['picture'], 'a.png')])]);
			return there.collection.classes.map(({ pictures: of }) => of.length);
		};
		expect(await withGiven()).toEqual([2, 1]);
		sessionStorage.setItem('carried', sessionStorage.getItem('carried')!.replace('"shown"', '"other"'));
		expect(await withGiven()).toEqual([0, 1]);
	});

	it('it is known there whether the browser keeps them', async () => {
		const own = parted(2);
		await own.keepHere();
		await leave(own);
		expect((await arrived()).isUnkept).toBe(false);
		own.collection.rename(own.collection.classes[0]!, 'another name');
		await leave(own);
		expect((await arrived()).isUnkept).toBe(true);
	});

	it('what cannot be read is left, and nothing is lost', async () => {
		const own = parted(2);
		await own.teach();
		await leave(own);
		sessionStorage.setItem('carried', sessionStorage.getItem('carried')!.replace('"labels"', '"other"'));
		const there = await arrived();
		expect([there.collection.count, there.teaching.learned]).toEqual([0, []]);
		expect(there.problem.text).toBeNull();
	});
});

describe('a network that is open in the tab', () => {
	const model = {
		...{ kind: 'model', format: 'onnx', labels: null, preprocessing: null, notes: [], integers: null },
		graph: networkById('mobilenet-v2').build({ alpha: 0.5, resolution: 64 }),
		weights: {}
	};
	const openedAs = (of: object) =>
		holdOpened({ model, files: [new File([''], 'own.onnx')], size: null, storedId: null, ...of } as never);
	afterEach(() => holdOpened(null));

	it('takes part, and what was learned without it is not said to be of other classes', async () => {
		const own = parted(3);
		await own.teach();
		openedAs({});
		own.meetOpened();
		expect(own.backbones.map(({ id }) => id)).toEqual(['mobilenet', 'xception', 'own']);
		expect(own.changed).toBe('networks');
		own.setWeights('small');
		holdOpened(null);
		own.meetOpened();
		// The same weights by another name are the same networks.
		expect(own.changed).toBeNull();
	});

	it('takes no part where it is what was taught here, and is only looked into', async () => {
		const own = parted(3);
		await own.teach();
		openedAs({ isTaught: true });
		own.meetOpened();
		expect(own.backbones.map(({ id }) => id)).toEqual(['mobilenet', 'xception']);
		expect([own.opened, own.changed]).toEqual([null, null]);
		openedAs({});
		own.meetOpened();
		const { opened } = own;
		openedAs({ isTaught: true });
		own.meetOpened();
		expect(own.opened).toBe(opened);
	});
});

describe('classes that the browser keeps', () => {
	it('come back with names, pictures and seed', async () => {
		const own = parted(2);
		own.setSeed(7);
		expect(own.isUnkept).toBe(true);
		await own.keepHere();
		expect(own.isUnkept).toBe(false);
		expect(own.keeping.bytes).toBe(4 * 'picture'.length);
		const other = new OwnClasses(sets, ({ id }) => id);
		await other.openKept();
		expect(other.collection.classes.map(({ name, pictures: of }) => [name, of.length])).toEqual([
			['even', 2],
			['odd', 2]
		]);
		expect(other.spec.seed).toBe(7);
		await other.keeping.remove();
		expect(other.keeping.bytes).toBeNull();
		expect(await readClasses()).toBeNull();
	});

	it('can be brought back after they were removed, by a tab that had never opened them', async () => {
		const own = parted(2);
		await own.keepHere();
		const other = new OwnClasses(sets, ({ id }) => id);
		await other.keeping.look();
		await other.keeping.remove();
		expect(other.keeping.bytes).toBeNull();
		await own.openKept();
		expect(own.problem.at('keeping')).toMatch(/has been removed/);
		expect(own.keeping.bytes).toBeNull();
		await other.keeping.undo();
		await own.openKept();
		expect(own.collection.count).toBe(4);
		expect(other.keeping.before).toBeNull();
	});

	it('can be brought back after others took their place, and those again', async () => {
		const own = parted(2);
		await own.keepHere();
		expect(own.keeping.before).toBeNull();
		own.collection.remove(own.collection.classes[0]!);
		await own.keepHere();
		const names = async () => (await readClasses())!.classes.map(({ name }) => name);
		expect([await names(), own.keeping.before!.way, own.isUnkept]).toEqual([['odd'], 'replaced', false]);
		await own.keeping.undo();
		expect([await names(), own.isUnkept, own.keeping.bytes]).toEqual([['even', 'odd'], true, 28]);
		// It says something else than before it.
		expect(own.keeping.before!.way).toBe('undone');
		own.collection.undo();
		expect(own.isUnkept).toBe(false);
		await own.keeping.undo();
		expect(own.keeping.before!.way).toBe('replaced');
		expect(await names()).toEqual(['odd']);
	});

	it('have nothing to be brought back where nothing took their place', async () => {
		const own = parted(2);
		await own.keepHere();
		const { bytes } = own.keeping;
		own.collection.rename(own.collection.classes[0]!, 'another name');
		vi.stubGlobal('caches', { open: async () => Promise.reject(new Error('refused')) });
		await own.keepHere();
		expect([own.keeping.before, own.problem.at('keeping')]).toEqual([
			...[null, expect.stringMatching(/keeps nothing/)]
		]);
		expect(bytes).toBe(28);
	});

	it('are not kept twice: what they took the place of still comes back', async () => {
		const own = parted(2);
		await own.keepHere();
		own.collection.rename(own.collection.classes[0]!, 'another name');
		await own.keepHere();
		expect(own.isKept).toBe(true);
		await own.keepHere();
		await own.keeping.undo();
		expect(own.isKept).toBe(false);
		await own.openKept();
		expect(own.collection.classes.map(({ name }) => name)).toEqual(['even', 'odd']);
	});

	it('go along to the page in another language, and back, beside what is kept', async () => {
		const own = parted(2);
		await own.keepHere();
		own.collection.rename(own.collection.classes[0]!, 'another name');
		expect(own.isUnkept).toBe(true);
		await leave(own);
		expect(own.isUnkept).toBe(false);
		const there = new OwnClasses(sets, ({ id }) => id);
		await there.arrive();
		expect(there.collection.classes.map(({ name }) => name)).toEqual(['another name', 'odd']);
		expect(there.collection.count).toBe(4);
		const later = new OwnClasses(sets, ({ id }) => id);
		await later.arrive();
		expect(later.collection.classes.map(({ name }) => name)).toEqual(['another name', 'odd']);
		await later.openKept();
		expect(later.collection.classes.map(({ name }) => name)).toEqual(['even', 'odd']);
	});

	it('are as many as a class holds, of which copies are none', async () => {
		const pictureOf = (n: number) => new Blob(['picture'], { type: `copy/${n}` });
		const kept = Array.from({ length: mostPictures }, (_, i) => pictureOf(i));
		const classes = [{ name: 'cup', isOff: false, pictures: [pictureOf(0), ...kept] }];
		await keepClasses({ seed: 1, classes });
		const own = new OwnClasses(sets, ({ id }) => id);
		await own.openKept();
		expect(own.collection.classes[0]!.pictures).toHaveLength(mostPictures);
	});

	it('are none where a picture is not whole', async () => {
		await keepClasses({ seed: 1, classes: [{ name: 'cup', isOff: false, pictures: [new Blob(['abc'])] }] });
		const cache = await caches.open('lightnets-classes');
		const [picture] = (await cache.keys()).filter(({ url }) => !url.endsWith('/about'));
		await cache.put(picture!, new Response('ab'));
		expect(await readClasses()).toBeNull();
		const own = new OwnClasses(sets, ({ id }) => id);
		await own.openKept();
		expect(own.problem.text).toMatch(/no longer whole/);
		await removeClasses();
		expect(await keptClassesBytes()).toBeNull();
	});

	it('stay as they were kept where there is no room for others', async () => {
		const room = new FakeCache(400);
		vi.stubGlobal('caches', { open: async () => room });
		const own = parted(2);
		await own.keepHere();
		expect(own.problem.text).toBeNull();
		const bytes = own.keeping.bytes;
		own.collection.classes[0]!.pictures = [pictures.keptOf(new Blob(['x'.repeat(400)]))];
		await own.keepHere();
		expect(own.problem.at('keeping')).toMatch(/no room/);
		expect(own.keeping.bytes).toBe(bytes);
		expect((await readClasses())!.classes.map((of) => of.pictures.length)).toEqual([2, 2]);
	});

	it('leave nothing of those that were kept before', async () => {
		const own = parted(2);
		await own.keepHere();
		own.collection.remove(own.collection.classes[0]!);
		await own.keepHere();
		expect(await (await caches.open('lightnets-classes')).keys()).toHaveLength(2 + 1);
	});

	it('remember which of them are left out', async () => {
		const own = parted(2);
		own.collection.classes[1]!.isOff = true;
		await own.keepHere();
		const other = new OwnClasses(sets, ({ id }) => id);
		await other.openKept();
		expect(other.collection.classes.map(({ isOff }) => isOff)).toEqual([false, true]);
	});

	it('are other than those on the page once one is renamed', async () => {
		const own = parted(2);
		await own.keepHere();
		own.collection.rename(own.collection.classes[0]!, 'another name');
		expect(own.isUnkept).toBe(true);
	});

	it('take the place of what is on the page, which can be brought back, and they again', async () => {
		const own = parted(2);
		await own.keepHere();
		const mine = new OwnClasses(sets, ({ id }) => id);
		mine.collection.rename(mine.collection.classes[0]!, 'cups');
		const [cups] = mine.collection.classes;
		await mine.openKept();
		mine.collection.undo();
		expect(mine.collection.classes[0]).toBe(cups);
		mine.collection.undo();
		expect(mine.collection.count).toBe(4);
	});

	it('are refused with a sentence where the browser keeps nothing', async () => {
		vi.stubGlobal('caches', undefined);
		const own = parted(2);
		await own.keepHere();
		expect(own.problem.text).toMatch(/keeps nothing/);
		expect(own.collection.count).toBe(4);
	});
});
