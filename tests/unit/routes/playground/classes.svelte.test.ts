import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preprocessings, type WeightSet } from '$lib/engine/client';
import type { Lesson } from '$lib/running/ownClasses/teach';
import { keepClasses, keptClassesBytes, readClasses, removeClasses } from '$lib/stored/ownClasses';
import { drawExamination, examine } from '$lib/training/head/examination';
import { fitHead, NotLearned } from '$lib/training/head/softmaxRegression';
import {
	mostClasses,
	mostPictures,
	OwnClass,
	OwnClasses
} from '../../../../src/routes/[lang=lang]/(site)/playground/classes/classes.svelte';
import type { Kept } from '../../../../src/routes/[lang=lang]/(site)/playground/classes/kept';
import { FakeCaches } from '../../../fakeCaches';
import { EngineError, failed, fake } from '../fakeEngine';

vi.mock('$lib/engine/client', () => import('../fakeEngine'));
const learning = vi.hoisted(() => ({ teach: vi.fn() }));
vi.mock('$lib/running/ownClasses/teach', () => learning);
/** There is no document: a picture is its number. */
const pictures = vi.hoisted(() => {
	let nextId = 1;
	const keptOf = (blob: Blob): Kept => ({ id: nextId++, blob, url: '' });
	return {
		keptOf,
		letGo: () => {},
		keep: async () => keptOf(new Blob(['picture'])),
		pixelsOf: async ({ id }: Kept) => ({ width: id, height: 1, data: new Uint8ClampedArray(4) })
	};
});
vi.mock('../../../../src/routes/[lang=lang]/(site)/playground/classes/kept', () => pictures);
vi.mock('$lib/running/picture/decode', () => ({}));

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

/** Two classes, of even and of odd pictures. */
function parted(each: number): OwnClasses {
	const own = new OwnClasses(sets, ({ id }) => id);
	const kept = Array.from({ length: 2 * each }, () => pictures.keptOf(new Blob(['picture'])));
	const of = (rest: number) => kept.filter(({ id }) => id % 2 === rest);
	own.classes = [new OwnClass('even', of(0)), new OwnClass('odd', of(1))];
	return own;
}

describe('OwnClasses', () => {
	it('says what still stands in the way', () => {
		const own = parted(3);
		expect(own.obstacle).toBeNull();
		const [even, odd] = own.classes as [OwnClass, OwnClass];
		own.rename(odd, ' even ');
		expect(own.obstacle).toMatch(/Two classes are called “even”/);
		own.rename(odd, 'odd');
		odd.pictures = odd.pictures.slice(0, 1);
		expect(own.obstacle).toMatch(/“odd” has one picture/);
		odd.pictures = [];
		expect(own.obstacle).toMatch(/“odd” has no pictures yet/);
		own.remove(odd);
		expect(own.obstacle).toMatch(/one class only/);
		expect(own.classes).toEqual([even]);
	});

	it('trains nothing while something stands in the way, and says what', async () => {
		const own = new OwnClasses(sets, ({ id }) => id);
		await own.teach();
		expect(own.problem).toMatch(/has no pictures yet/);
		expect(fake.calls).toEqual([]);
	});

	it('brings back a class that was removed, where it was', () => {
		const own = parted(2);
		const [even, odd] = own.classes;
		own.remove(even!);
		own.undo();
		expect(own.classes).toEqual([even, odd]);
		expect(own.classes[0]!.pictures).toHaveLength(2);
	});

	it('gives new classes names of their own, and no more than fit', () => {
		const own = new OwnClasses(sets, ({ id }) => id);
		own.rename(own.classes[0]!, 'Class 3');
		for (let i = 0; i < 20; i++) own.add();
		expect(own.classes).toHaveLength(mostClasses);
		expect(new Set(own.classes.map(({ name }) => name)).size).toBe(mostClasses);
		own.rename(own.classes[1]!, '   ');
		expect(own.classes[1]!.name).not.toBe('');
	});

	it('has every network look at each picture once, and learn', async () => {
		const own = parted(3);
		await own.teach();
		expect(own.problem).toBeNull();
		expect(own.learned.map(({ backbone }) => backbone.id)).toEqual(['mobilenet', 'xception']);
		for (const { taught } of own.learned)
			expect([taught.examined.right, taught.examined.tested]).toEqual([6, 6]);
		expect(own.isStale).toBe(false);
		const runs = () => fake.calls.filter(([name]) => name === 'run').length;
		const first = runs();
		await own.take(own.classes[0]!, pixels);
		expect(own.isStale).toBe(true);
		await own.teach();
		// One more picture for two networks, and their times.
		const timed = 2 * 7;
		expect(runs() - first).toBe(2 + timed);
		expect(own.progress).toBeNull();
	});

	it('answers with every network, the last that was asked for', async () => {
		const own = parted(3);
		await own.teach();
		const even = { ...pixels, width: 8 };
		await Promise.all([own.answer({ ...pixels, width: 7 }), own.answer(even)]);
		expect(own.answers).toHaveLength(2);
		for (const { shares } of own.answers) expect(shares[0]).toBeGreaterThan(0.5);
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
		expect(own.failures.map(({ backbone }) => backbone.id)).toEqual(['mobilenet']);
		expect(own.learned.map(({ backbone }) => backbone.id)).toEqual(['xception']);
	});

	it('keeps what was learned where nothing can be learned from what is there now', async () => {
		const own = parted(3);
		await own.teach();
		const { learned } = own;
		learning.teach.mockRejectedValue(new NotLearned('the loss is no number'));
		await own.teach();
		expect(own.problem).toMatch(/is no number/);
		expect(own.learned).toBe(learned);
		expect(own.count).toBe(6);
	});

	it('is cancelled without a word', async () => {
		const own = parted(3);
		const training = own.teach();
		own.cancel();
		await training;
		expect([own.problem, own.progress, own.learned.length]).toEqual([null, null, 0]);
	});

	it('takes no more pictures than a class holds', async () => {
		const own = parted(2);
		const [even] = own.classes as [OwnClass, OwnClass];
		even.pictures = Array.from({ length: mostPictures }, () => pictures.keptOf(new Blob(['picture'])));
		expect(await own.take(even, pixels)).toBe(false);
		expect(own.problem).toMatch(/has 200 pictures, which is the most/);
		expect(even.pictures).toHaveLength(mostPictures);
	});

	it('looks again at none but new pictures, however often it is taught', async () => {
		const own = parted(3);
		await own.teach();
		const runs = () => fake.calls.filter(([name]) => name === 'run').length;
		for (let i = 0; i < 5; i++) {
			const before = runs();
			own.removePicture(own.classes[0]!, own.classes[0]!.pictures[0]!);
			await own.take(own.classes[0]!, pixels);
			await own.teach();
			expect(runs() - before).toBe(2 + 2 * 7);
		}
	});
});

describe('classes that the browser keeps', () => {
	it('come back with names, pictures and seed', async () => {
		const own = parted(2);
		own.setSeed(7);
		expect(own.isUnkept).toBe(true);
		await own.keepHere();
		expect(own.isUnkept).toBe(false);
		expect(own.keptBytes).toBe(4 * 'picture'.length);
		const other = new OwnClasses(sets, ({ id }) => id);
		await other.openKept();
		expect(other.classes.map(({ name, pictures: of }) => [name, of.length])).toEqual([
			['even', 2],
			['odd', 2]
		]);
		expect(other.spec.seed).toBe(7);
		await other.removeKept();
		expect(other.keptBytes).toBeNull();
		expect(await readClasses()).toBeNull();
	});

	it('are none where a picture is not whole', async () => {
		await keepClasses({ seed: 1, classes: [{ name: 'cup', pictures: [new Blob(['abc'])] }] });
		const cache = await caches.open('lightnets-classes');
		await cache.put('https://site.example/own-classes/0-0', new Response('ab'));
		expect(await readClasses()).toBeNull();
		const own = new OwnClasses(sets, ({ id }) => id);
		await own.openKept();
		expect(own.problem).toMatch(/no longer whole/);
		await removeClasses();
		expect(await keptClassesBytes()).toBeNull();
	});

	it('are refused with a sentence where the browser keeps nothing', async () => {
		vi.stubGlobal('caches', undefined);
		const own = parted(2);
		await own.keepHere();
		expect(own.problem).toMatch(/keeps nothing/);
		expect(own.count).toBe(4);
	});
});
