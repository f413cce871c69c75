import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { preprocessings, type WeightSet } from '$lib/engine/client';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { DeviceTimes } from '$lib/viz/figures/latency/deviceTimes.svelte';
import { resolveGraph, type ResolvedGraph } from '$lib/nets/resolve';
import { networkById } from '$lib/nets/networks';
import type { Graph } from '$lib/nets/types';
import { EngineError, failed, fake } from '../fakeEngine';
import { stubStorage } from '../../storage';
import {
	answerChange,
	Lane,
	memoryOf,
	sourceOf
} from '../../../../src/routes/[lang=lang]/(site)/playground/lane.svelte';
import { graphMemory } from '$lib/nets/analyses/memory';
import {
	ownParts,
	usualFor,
	type FileWeights
} from '../../../../src/routes/[lang=lang]/(site)/playground/lanes';
import { integersWords } from '../../../../src/routes/[lang=lang]/(site)/playground/answer/integersWords';
import { laneFacts } from '../../../../src/routes/[lang=lang]/(site)/playground/answer/facts';
import { PressGuard } from '$lib/viz/ui/pressGuard';
import { ChartTiming, fourVariants, lightVariants } from '$lib/running/times/chartTimes.svelte';
import { Measuring } from '$lib/running/times/measuring.svelte';
import { Playground } from '../../../../src/routes/[lang=lang]/(site)/playground/playground.svelte';
import { until } from '../../until';

vi.mock('$lib/engine/client', () => import('../fakeEngine'));

const set = (of: Pick<WeightSet, 'id' | 'network' | 'knobs'>): WeightSet => ({
	...{ title: of.id, classes: ['cat', 'ship'], preprocessing: preprocessings.symmetric },
	...{ storage: 'float32', bytes: 1000, hash: of.id, files: {}, source: 'somebody', licence: 'MIT' },
	...of
});
const tiny = { alpha: 0.25, resolution: 32, classes: 10 };
const sets = [
	set({ id: 'cifar10-mobilenet', network: 'mobilenet', knobs: tiny }),
	set({ id: 'a-quarter', network: 'mobilenet', knobs: { alpha: 0.25, resolution: 32 } })
];
const modelOf = ({ id }: WeightSet) => `/weights/${id}/model.json`;
const pixels = { width: 2, height: 2, data: new Uint8ClampedArray(16) };
const called = () => fake.calls.map(([name]) => name);

beforeEach(() => fake.reset());
afterEach(() => void vi.unstubAllGlobals());

describe('stopOf', () => {
	const opaque = (id: string, input: string) => ({
		...{ id, op: 'opaque', inputs: [input] },
		options: { type: 'NonMaxSuppression', shapes: [[4, 4, 2]] }
	});
	const relu = (id: string, input: string) => ({ id, op: 'relu', inputs: [input], options: {} });
	const graphOf = (nodes: readonly object[], output: string, otherOutputs: readonly string[] = []) =>
		resolveGraph({
			...{ name: 'own', inputs: [{ id: 'input', shape: [4, 4, 3] }], nodes, output, blocks: [] },
			...(otherOutputs.length > 0 && { otherOutputs })
		} as unknown as Graph);
	const lane = (own: ResolvedGraph) =>
		ownParts(own, undefined, null, { preprocessing: preprocessings.symmetric });

	it('says after which layer a run ends, and at what', () => {
		const own = graphOf([relu('a', 'input'), opaque('nms', 'a'), relu('c', 'nms')], 'c');
		const parts = lane(own);
		expect(parts.stop).toEqual({ node: 'nms', type: 'NonMaxSuppression', last: 'a' });
		expect(parts.graph.output.ref).toBe('a');
	});

	it('says what else is left out where the answer is computed', () => {
		const own = graphOf([relu('a', 'input'), opaque('nms', 'a')], 'a', ['nms']);
		expect(lane(own).stop).toEqual({ node: 'nms', type: 'NonMaxSuppression', last: null });
	});

	it('says nothing of a network that runs whole', () => {
		expect(lane(graphOf([relu('a', 'input')], 'a')).stop).toBeUndefined();
	});
});

describe('integersWords(lane)', () => {
	const spread = (median: number) => ({ median, low: 0.8 * median, high: 1.3 * median, count: 7 });
	const laneWith = (pace: string, [integers, float32]: readonly [number, number], more: object = {}) => {
		const own = resolveGraph(networkById('mobilenet').build({ alpha: 0.25, resolution: 32 }));
		const lane = new Lane(ownParts(own, undefined, null, { preprocessing: preprocessings.symmetric }));
		lane.result = {
			integers: {
				...{ isComputed: true, isTaken: true, bytes: 250, pace, threads: 1, change: null },
				...{ isOfFile: false, isByPicture: false, hasSoftmax: false, float32On: 'wasm', ...more },
				times: { integers: spread(integers), float32: spread(float32) }
			}
		} as never;
		return integersWords(lane).filter(Boolean).join(' ');
	};

	it('says a share of the time only where it can be told from chance', () => {
		expect(laneWith('faster', [0.5, 1])).toContain('took 50% of the time');
		for (const more of [{}, { isOfFile: true }]) {
			const words = laneWith('same', [0.34, 1], more);
			expect(words).not.toMatch(/%/);
			expect(words).toMatch(/0\.27\sms to 0\.44\sms.*0\.80\sms to 1\.3\sms.*told from chance/);
			expect(words.match(/chance/g)).toHaveLength(1);
		}
		expect(laneWith('same', [0.34, 1])).toContain('So the smaller numbers are taken.');
	});
});

describe('laneFacts(lane, own)', () => {
	const dense = { id: 'fc', op: 'dense', inputs: ['input'], options: { outChannels: 5, bias: false } };
	const opaque = (id: string, input: string) => ({
		...{ id, op: 'opaque', inputs: [input] },
		options: { type: 'ConvInteger', shapes: [[4, 4, 2]] }
	});
	const factsOf = (nodes: readonly object[], output: string, isOther = false) => {
		const own = resolveGraph({
			...{ name: 'own', inputs: [{ id: 'input', shape: [4, 4, 3] }], nodes, output, blocks: [] }
		} as unknown as Graph);
		const lane = new Lane(ownParts(own, undefined, null, { preprocessing: preprocessings.symmetric }));
		lane.result = {
			picture: 1,
			output: { shape: [1, 1, 1], data: new Float32Array(1) },
			times: [5],
			backend: 'wasm',
			asked: { backend: 'auto', numbers: 'float32' },
			integers: null
		};
		return laneFacts(lane, own, isOther);
	};

	it('says what is a lower bound, what is not counted, and what is of the part that runs', () => {
		expect(factsOf([dense], 'fc')).toMatchObject({ macs: '240', params: '240', time: '5.0\u00a0ms' });
		const behind = { ...dense, id: 'late', inputs: ['odd'] };
		expect(factsOf([dense, opaque('odd', 'fc')], 'odd')).toMatchObject({
			macs: 'at least 240',
			time: '5.0\u00a0ms for the part that runs'
		});
		// Of what has not run yet on what is chosen now, time and memory are not known.
		expect(factsOf([dense], 'fc', true)).toMatchObject({
			...{ macs: '240', params: '240', median: null },
			...{ time: '–', weightBytes: '–', peakBytes: '–' }
		});
		const relu = { id: 'relu', op: 'relu', inputs: ['input'], options: {} };
		expect(factsOf([relu, opaque('odd', 'relu')], 'odd').macs).toBe('not counted');
		expect(factsOf([relu, opaque('odd', 'relu'), behind], 'late').macs).toBe('at least 160');
	});
});

describe('PressGuard', () => {
	it('takes no press on what has become of a button by itself, but for the next one that is pressed at leisure', () => {
		const button = new PressGuard();
		const isMeant = (timeStamp: number) => button.isMeant({ timeStamp });
		expect(isMeant(0)).toBe(true);
		button.begin(1000, false);
		expect([isMeant(990), isMeant(1400), isMeant(1600)]).toEqual([false, false, true]);
		button.begin(2000, true);
		expect(isMeant(2001)).toBe(true);
	});

	const guard = new PressGuard();
	const press = (timeStamp: number, detail = 1) => guard.isCancel({ timeStamp, detail });

	it('takes no press for "Cancel" that was under way as a run began by itself', () => {
		guard.begin(1000, false);
		expect([press(990), press(1400), press(1600)]).toEqual([false, false, true]);
	});

	it('takes what follows a press on "Run" for one on "Cancel", but not the second of a double click', () => {
		guard.begin(2000, true);
		expect([press(2001), press(2001, 0), press(2100, 2)]).toEqual([true, true, false]);
	});
});

describe('Lane', () => {
	const graph = resolveGraph(networkById('mobilenet').build(tiny));
	const fire = resolveGraph(networkById('fire-module').build());
	const parts = (of: ResolvedGraph, files: FileWeights | undefined) =>
		ownParts(of, files, null, { preprocessing: preprocessings.symmetric });

	it('takes pictures where it has one square input of three channels', () => {
		expect([
			new Lane(parts(graph, undefined)).takesPictures,
			new Lane(parts(fire, undefined)).takesPictures
		]).toEqual([true, false]);
		expect(new Lane(parts(graph, undefined)).inputShape).toEqual([32, 32, 3]);
	});

	it('is the same for the same graph and weights, and another for other files', () => {
		const files = (number: number) => ({ kind: 'files' as const, files: [], number });
		const [untrained, first, second] = [undefined, files(1), files(2)].map(
			(of) => new Lane(parts(graph, of))
		);
		expect(new Set([untrained!.key, first!.key, second!.key]).size).toBe(3);
		expect(new Lane(parts(graph, files(1))).key).toBe(first!.key);
		expect([untrained!.isTrained, first!.isTrained]).toEqual([false, true]);
	});

	it('prepares pictures as the family does, and for weights with PyTorch’s names as torchvision does', () => {
		const files = (name: string) => ({
			kind: 'files' as const,
			files: [],
			number: 1,
			names: { [name]: 'conv1/kernel' }
		});
		expect(usualFor('squeezenet', undefined)).toBe(preprocessings.caffe);
		expect(usualFor('squeezenet', files('conv_1/kernel'))).toBe(preprocessings.caffe);
		expect(usualFor('squeezenet', files('features.0.weight'))).toBe(preprocessings.imagenet);
	});

	it('names where its weights come from', () => {
		expect(sourceOf({ kind: 'set', set: sets[0]! }, modelOf)).toEqual({
			...{ kind: 'site', model: '/weights/cifar10-mobilenet/model.json', files: {} }
		});
		expect(sourceOf({ kind: 'random', reason: 'none' }, modelOf)).toEqual(
			sourceOf({ kind: 'random', reason: 'chosen' }, modelOf)
		);
	});
});

describe('Playground', () => {
	/** Of all sets, where integers do not ask the picture for them. */
	const known = { ranges: { input: { low: 0, high: 1 } }, calibration: 'max', isEqualized: true } as const;
	const ranges = Object.fromEntries(sets.map(({ id }) => [id, known]));
	const playgroundAt = (search = '', given = {}) => {
		const playground = new Playground(sets, modelOf, given);
		playground.read(search);
		return playground;
	};

	it('runs nothing, and fetches nothing, before it is told to', () => {
		const playground = playgroundAt();
		playground.see(pixels);
		expect(called()).toEqual([]);
		expect([playground.toFetch, playground.hasRun, playground.search]).toEqual([1000, false, '']);
	});

	it('runs by itself what costs little, once', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.begin();
		expect(playground.lanes[0]!.phase).toBe('ready');
		const before = called().length;
		await playground.begin();
		expect(called()).toHaveLength(before);
	});

	it('says that it will run by itself while that is to come, and where it waits for a word instead', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		expect(playground.willBegin).toBe(true);
		playground.setWeights('mobilenet', 'random');
		expect(playground.willBegin).toBe(false);
		playground.setWeights('mobilenet', sets[0]!.id);
		expect(playground.willBegin).toBe(true);
		const begun = playground.begin();
		expect(playground.willBegin).toBe(false);
		await begun;
		expect(playground.lanes[0]!.phase).toBe('ready');

		const metered = playgroundAt();
		metered.waitForWord();
		expect([metered.willBegin, metered.toFetch]).toEqual([false, 1000]);
		const large = new Playground([{ ...sets[0]!, bytes: 4e6 }], modelOf);
		expect(large.willBegin).toBe(false);
	});

	it('runs on integers where the reader wants it and they are faster, and says what they change', async () => {
		const playground = playgroundAt('?numbers=int8', ranges);
		let taken = false;
		fake.useIntegers = async (_, source) => {
			taken = source !== null;
			return source && { isComputed: true, isTaken: true, bytes: 250 };
		};
		fake.run = async (_, __, { onFloat32 }: { onFloat32?: boolean } = {}) => {
			const isInteger = taken && !onFloat32;
			const data = Float32Array.from(isInteger ? [0.5, 0.25] : [0.25, 0.75]);
			return {
				output: { shape: [1, 1, 2], data },
				watched: {},
				milliseconds: 1,
				backend: 'wasm',
				isInteger,
				notices: []
			};
		};
		playground.see(pixels);
		await playground.run();
		const [lane] = playground.lanes;
		expect(lane!.integers).toMatchObject({
			...{ isTaken: true, isByPicture: false, bytes: 250 },
			change: { isSame: false, difference: 0.5 }
		});
		expect([...lane!.result!.output.data]).toEqual([0.5, 0.25]);
		const asked = fake.calls.filter(([name]) => name === 'useIntegers').map(([, , source]) => source);
		expect(asked).toEqual([{ kind: 'ranges', ...known }]);

		expect(answerChange(lane!)).toBe('other');
		// Memory is that of the numbers that run.
		const { peakBytes, weightBytes } = memoryOf(lane!);
		expect(weightBytes).toBe(250);
		playground.setNumbers('float32');
		await until(() => lane!.integers === null && lane!.phase === 'ready');
		expect(memoryOf(lane!).peakBytes).toBe(4 * peakBytes);
		expect(memoryOf(lane!).weightBytes).toBe(graphMemory(lane!.parts.graph).weightBytes);
		expect([...lane!.result!.output.data]).toEqual([0.25, 0.75]);
		expect(playground.search).toBe('');
	});

	it('a file that computes with integers runs on its own, unless the reader wants it otherwise', async () => {
		const graph = resolveGraph(networkById('mobilenet').build({ alpha: 0.25, resolution: 32 }));
		const integers = { input: { scale: 1, zeroPoint: 0, most: 255 } };
		const weights = { kind: 'opened', weights: {}, integers, names: ['m.tflite'], number: 1 } as const;
		const playground = new Playground(sets, modelOf);
		playground.setOwn(graph, { labels: null, preprocessing: null, weights });
		expect(playground.spec.numbers).toBe('int8');
		playground.see(pixels);
		await playground.run();
		const asked = () => fake.calls.filter(([name]) => name === 'useIntegers').map((call) => call[2]);
		expect(asked()).toEqual([{ kind: 'file', integers }]);
		playground.setNumbers('float32');
		await until(() => asked().length === 2);
		expect(asked()[1]).toBeNull();
	});

	it('names that the reader gives are used, are known to be the reader’s, and can be given up', () => {
		const graph = resolveGraph(networkById('mobilenet').build({ alpha: 0.25, resolution: 32, classes: 2 }));
		const weights = { kind: 'opened', weights: {}, integers: null, names: ['m.tflite'], number: 1 } as const;
		const playground = new Playground(sets, modelOf);
		const classes = () => playground.lanes[0]!.parts.classes;
		playground.setOwn(graph, { labels: ['0', '1'], preprocessing: null, weights });
		playground.setLabels(['cat', 'dog'], 'pets.txt');
		playground.prepare({ share: 1 });
		expect(classes()).toEqual(['cat', 'dog']);
		// What is not chosen is still a guess.
		expect(playground.opened!.told).toEqual({ labels: ['cat', 'dog'], labelsFrom: 'pets.txt', share: 1 });
		playground.prepare({ preprocessing: preprocessings.caffe });
		expect(playground.lanes[0]!.parts).toMatchObject({ preprocessing: preprocessings.caffe, share: 1 });
		playground.forgetLabels();
		expect(classes()).toEqual(['0', '1']);
		expect(playground.opened!.told).toEqual({ preprocessing: preprocessings.caffe, share: 1 });
	});

	it('without ranges, the picture says them; what integers do not compute stays as it is', async () => {
		const playground = playgroundAt('?numbers=int8');
		const { run } = fake;
		const input = Float32Array.of(1, 2);
		fake.run = async (...given: never[]) => ({
			...((await run(...given)) as object),
			watched: { input: { shape: [1, 1, 2], data: input } }
		});
		fake.useIntegers = async () => ({ isComputed: false, node: 'gate', op: 'sigmoid' });
		playground.see(pixels);
		await playground.run();
		expect(fake.calls.find(([name]) => name === 'useIntegers')![2]).toEqual({
			kind: 'inputs',
			inputs: [input]
		});
		expect(playground.lanes[0]!.integers).toEqual({ isComputed: false, node: 'gate', op: 'sigmoid' });
		expect(playground.lanes[0]!.phase).toBe('ready');

		const other = playgroundAt('?numbers=int8&weights=mobilenet:random');
		fake.useIntegers = async () => ({ isComputed: true, isTaken: true, bytes: 250 });
		other.see(pixels);
		await other.run();
		expect(other.lanes[0]!.integers).toMatchObject({ isTaken: true, isByPicture: true });
		// Untrained, it has no answer that could be the same.
		expect([other.lanes[0]!.isTrained, answerChange(other.lanes[0]!)]).toEqual([false, 'unanswered']);
	});

	it('does not run by itself what has no weights, or large ones', async () => {
		const large = new Playground([{ ...sets[0]!, bytes: 4e6 }], modelOf);
		for (const playground of [large, playgroundAt('?weights=mobilenet:random')]) {
			playground.see(pixels);
			await playground.begin();
		}
		expect(called()).toEqual([]);
	});

	it('times three to five runs, without the one that warms up: more than three where they take less than a second', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		const { run } = fake;
		const times = [29, 2.4, 2.6, 2.2, 9, 2.5, 3, 3, 3, 3, 3, 700, 700, 800];
		fake.run = async (...given) => ({ ...((await run(...given)) as object), milliseconds: times.shift() });
		await playground.run();
		const [lane] = playground.lanes;
		expect(lane!.result!.times).toEqual([2.4, 2.6, 2.2, 9, 2.5]);
		expect(lane!.spread).toMatchObject({ median: 2.5, count: 5 });
		// It is warm for the next picture.
		await playground.run();
		expect(lane!.result!.times).toEqual([3, 3, 3, 3, 3]);
		await playground.run();
		expect(lane!.result!.times).toEqual([700, 700, 800]);
	});

	it('has one time: that of runs that were timed apart, until it runs again', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		const [lane] = playground.lanes;
		lane!.takeTimes([8, 9, 10, 11, 12, 13, 14]);
		expect(lane!.spread).toEqual({ median: 11, low: 9.5, high: 12.5, count: 7 });
		await playground.run();
		expect(lane!.spread).toMatchObject({ median: 5, count: 5 });
	});

	it('where nothing is shown, no answer stays', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		playground.clear();
		expect(playground.lanes[0]).toMatchObject({ phase: 'idle', result: null, spread: null });
		playground.see(pixels);
		await until(() => playground.lanes[0]!.phase === 'ready');
	});

	it('runs what is shown, and from then on what changes', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		const [lane] = playground.lanes;
		expect(lane).toMatchObject({
			phase: 'ready',
			result: { picture: 1, backend: 'wasm' },
			spread: { median: 5 }
		});
		expect([playground.toFetch, playground.backend?.name, playground.isBusy]).toEqual([0, 'wasm', false]);
		playground.see(pixels);
		await until(() => lane!.result?.picture === 2);
		// One engine, one network in it.
		const runs = called().filter((name) => name === 'run').length;
		expect(called().filter((name) => name !== 'run')).toEqual(['start', 'load']);
		// One to warm up and five, and at least one of the next picture.
		expect(runs).toBeGreaterThanOrEqual(7);
	});

	it('asks again before it fetches other weights, but not for random ones', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		playground.setWeights('mobilenet', 'cifar10-mobilenet');
		await until(() => !playground.isBusy);
		expect([playground.toFetch, playground.lanes[0]!.phase]).toEqual([1000, 'idle']);
		expect(playground.knobs).toMatchObject({ alpha: 0.25, classes: 10 });
		playground.setWeights('mobilenet', 'random');
		await until(() => playground.lanes[0]!.phase === 'ready');
		expect([playground.toFetch, playground.search]).toEqual([0, expect.stringContaining('mobilenet:random')]);
	});

	it('has the four side by side, and one after another run', async () => {
		const playground = playgroundAt('?network=all&weights=mobilenet:random');
		expect(playground.lanes.map(({ parts }) => parts.id)).toEqual([
			...['squeezenet', 'mobilenet', 'shufflenet', 'xception']
		]);
		playground.see(pixels);
		await playground.run();
		expect(playground.lanes.map(({ phase }) => phase)).toEqual(Array(4).fill('ready'));
	});

	it('is cancelled: what runs stops, and what waits is not begun', async () => {
		const playground = playgroundAt('?network=all&weights=mobilenet:random');
		playground.see(pixels);
		fake.run = async () => (playground.cancel(), {});
		await playground.run();
		expect(playground.lanes.map(({ phase }) => phase)).toEqual(['idle', 'idle', 'idle', 'idle']);
		expect(called().filter((name) => name === 'run')).toHaveLength(1);
		expect([playground.isBusy, playground.failure]).toEqual([false, null]);
	});

	it('is cancelled at another picture: the answer to the one before does not stay beside it', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		const [lane] = playground.lanes;
		expect(lane).toMatchObject({ phase: 'ready', result: { picture: 1 } });
		fake.run = async () => (playground.cancel(), {});
		playground.see(pixels);
		await until(() => !playground.isBusy);
		expect(lane).toMatchObject({ phase: 'idle', result: null, spread: null });
	});

	it('is cancelled at the same picture: its answer stays', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		fake.run = async () => (playground.cancel(), {});
		await playground.run();
		expect(playground.lanes[0]).toMatchObject({ phase: 'ready', result: { picture: 1 } });
	});

	it('takes an answer for that of what it ran on: after another choice it waits, and goes where none comes', async () => {
		const playground = playgroundAt('?numbers=int8', ranges);
		playground.see(pixels);
		await playground.run();
		const [lane] = playground.lanes;
		const { integers, asked } = lane!.result!;
		expect(integers).toMatchObject({ isTaken: true });
		expect(asked).toEqual({ backend: 'auto', numbers: 'int8' });
		for (const choose of [
			() => playground.setBackend('webgl'),
			() => playground.setNumbers('float32'),
			() => (playground.setBackend('wasm'), playground.setNumbers('int8'))
		]) {
			fake.reset();
			choose();
			// What it says is still of the run before, whole.
			expect(playground.isOther(lane!.result!)).toBe(true);
			expect([lane!.phase, lane!.result!.integers]).toEqual(['waiting', integers]);
			playground.cancel();
			await until(() => !playground.isBusy);
			expect(lane).toMatchObject({ phase: 'idle', result: null, spread: null });
			playground.setBackend('auto');
			playground.setNumbers('int8');
			await until(() => !playground.isBusy);
			expect(lane!.result!.integers).toMatchObject({ isTaken: true });
		}
	});

	it('comes back from integers, also where they were told of on another backend', async () => {
		const playground = playgroundAt('?numbers=int8', ranges);
		playground.see(pixels);
		await playground.run();
		playground.setBackend('webgl');
		await until(() => !playground.isBusy);
		playground.setBackend('auto');
		playground.setNumbers('float32');
		await until(() => !playground.isBusy);
		const told = fake.calls.filter(([name]) => name === 'useIntegers').map(([, , source]) => source);
		expect(told.at(-1)).toBeNull();
		expect(playground.lanes[0]!.result!.integers).toBeNull();
	});

	it('keeps no answer to the picture before where the engine does not begin', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		fake.start = () => Promise.reject(new EngineError(failed('backend' as never)));
		playground.setBackend('cpu' as never);
		playground.see(pixels);
		await until(() => !playground.isBusy);
		expect(playground.lanes[0]!.result?.picture).not.toBe(1);
	});

	it('says which network failed, and goes on with the others', async () => {
		const playground = playgroundAt('?network=all&weights=mobilenet:random');
		playground.see(pixels);
		let count = 0;
		const { load } = fake;
		fake.load = (...given) =>
			++count === 2 ? Promise.reject(new EngineError(failed('weights'))) : load(...given);
		await playground.run();
		expect(playground.lanes.map(({ phase }) => phase)).toEqual(['ready', 'failed', 'ready', 'ready']);
		expect(playground.lanes[1]!.error?.code).toBe('weights');
	});

	it('says why the engine could not begin, and begins at the next try', async () => {
		const playground = playgroundAt('?weights=mobilenet:random');
		playground.see(pixels);
		const { start } = fake;
		fake.start = () => Promise.reject(new EngineError(failed('script')));
		await playground.run();
		expect([playground.failure?.code, playground.lanes[0]!.phase]).toEqual(['script', 'idle']);
		fake.start = start;
		await playground.run();
		expect([playground.failure, playground.lanes[0]!.phase]).toEqual([null, 'ready']);
	});

	it('stays on the backend that took over from a GPU, and says so', async () => {
		const playground = playgroundAt('?weights=mobilenet:random&backend=webgl');
		playground.see(pixels);
		const { run } = fake;
		const notice = { code: 'failed', params: { backend: 'webgl' }, message: '' };
		const notices = [[notice]];
		fake.run = async (...given) => ({ ...((await run(...given)) as object), notices: notices.pop() ?? [] });
		await playground.run();
		expect(playground.spec.backend).toBe('wasm');
		expect(playground.notices).toEqual([notice]);
		expect(fake.calls.filter(([name]) => name === 'start').map(([, choice]) => choice)).toEqual([
			'webgl',
			'wasm'
		]);
	});

	it('keeps the last networks where knobs do not fit', () => {
		const playground = playgroundAt('?network=shufflenet');
		const { lanes } = playground;
		playground.setKnobs({ scale: 0.3, groups: 8 });
		expect(playground.problem).not.toBeNull();
		expect(playground.lanes).toBe(lanes);
		playground.setRuns('squeezenet');
		expect([playground.problem, playground.lanes[0]!.parts.id]).toEqual([null, 'squeezenet']);
	});

	it('runs a camera’s frames one after another, and nothing else meanwhile', async () => {
		const playground = playgroundAt('?weights=mobilenet:random');
		playground.see(pixels);
		await playground.run();
		const before = called().length;
		playground.setLive(true);
		playground.see(pixels);
		expect(called()).toHaveLength(before);
		expect(await playground.frame(pixels)).toBe(true);
		expect(playground.lanes[0]!.result?.picture).toBe(3);
		fake.run = () => Promise.reject(new EngineError(failed('memory')));
		expect(await playground.frame(pixels)).toBe(false);
	});

	it('runs the reader’s graph, and weights from files where they fit', async () => {
		const playground = playgroundAt();
		playground.setOwn(resolveGraph(networkById('fire-module').build()));
		expect(playground.lanes.map(({ parts }) => parts.id)).toEqual(['own']);
		playground.setRuns('mobilenet');
		playground.see(pixels);
		const files = [new File(['x'], 'model.safetensors')];
		const taken = playground.takeFiles(files);
		expect(playground.isTaking).toBe(true);
		await taken;
		expect(playground.isTaking).toBe(false);
		await until(() => playground.lanes[0]!.phase === 'ready');
		expect(playground.lanes[0]!.parts.weights).toMatchObject({ kind: 'files', files });
		const { lanes } = playground;
		fake.load = () => Promise.reject(new EngineError(failed('problems')));
		await playground.takeFiles(files);
		expect([playground.misfit?.error.code, playground.lanes[0]!.parts.weights]).toEqual([
			'problems',
			lanes[0]!.parts.weights
		]);
	});

	it('keeps the answer where weights fit nothing, wherever they were given', async () => {
		const playground = playgroundAt();
		playground.see(pixels);
		await playground.run();
		await until(() => !playground.isBusy && playground.lanes[0]!.phase === 'ready');
		const { result } = playground.lanes[0]!;
		fake.load = () => Promise.reject(new EngineError(failed('problems')));
		const files = [new File(['x'], 'model.h5')];
		await playground.takeFiles(files);
		expect([playground.misfit?.error.code, playground.lanes[0]!.result]).toEqual(['problems', result]);
		// Let go anywhere, they may be a network of the reader's own, until it is known what they are.
		playground.setRuns('own');
		expect(playground.lanes).toEqual([]);
		await playground.takeFiles(files);
		expect(playground.misfit?.error.code).toBe('problems');
		expect(playground.lanes.map(({ parts, result: of }) => [parts.id, of?.output])).toEqual([
			['mobilenet', result!.output]
		]);
	});

	it('tries files on the network as it was published, where they do not fit the one that is shown', async () => {
		const playground = playgroundAt('?network=squeezenet&width=0.25&resolution=32&classes=10');
		playground.see(pixels);
		const shown = playground.spec.knobs;
		const published = resolveGraph(networkById('squeezenet').build({ version: '1.1' }));
		fake.load = ((graph: unknown) =>
			JSON.stringify(graph) === JSON.stringify(published.graph)
				? Promise.resolve({ id: 9, warmUp: 1, units: [], repaired: [] })
				: Promise.reject(new EngineError(failed('problems')))) as never;
		await playground.takeFiles([new File(['x'], 'model.safetensors')]);
		expect(playground.misfit).toBeNull();
		expect(playground.spec.knobs).not.toEqual(shown);
		expect(playground.spec.knobs).toMatchObject({ version: '1.1', classes: 1000 });
		expect(playground.lanes[0]!.parts).toMatchObject({ id: 'squeezenet', weights: { kind: 'files' } });
	});
});

describe('Measuring', () => {
	const reply = { backend: { name: 'wasm', threads: 2, kernels: null }, runs: [1, 2], units: [] } as never;

	it('says how far it is, and what came of it, on what', async () => {
		const measuring = new Measuring();
		await measuring.start(async ({ progress }) => {
			progress({ loaded: 1, total: 4 });
			expect(measuring.share).toBe(0.25);
			return reply;
		});
		expect(measuring.share).toBeNull();
		expect(measuring.timing).toEqual({ on: { backend: 'wasm', threads: 2 }, runs: [1, 2], units: [] });
	});

	it('is cancelled without a word; a failure is said, and forgotten at the next try', async () => {
		const measuring = new Measuring();
		await measuring.start(({ signal }) => {
			measuring.cancel();
			expect(signal.aborted).toBe(true);
			return Promise.reject(new EngineError(failed('cancelled')));
		});
		expect([measuring.error, measuring.share, measuring.timing]).toEqual([null, null, null]);
		await measuring.start(() => Promise.reject(new EngineError(failed('memory'))));
		expect(measuring.error?.code).toBe('memory');
		await measuring.start(async () => reply);
		expect(measuring.error).toBeNull();
	});

	it('an earlier one that ends late does not end the progress of the later', async () => {
		const measuring = new Measuring();
		let end!: (reply: never) => void;
		const first = measuring.start(() => new Promise((resolve) => (end = resolve)));
		void measuring.start(() => new Promise(() => {}));
		end(reply);
		await first;
		expect(measuring.share).toBe(0);
	});
});

describe('ChartTiming', () => {
	beforeEach(() => void stubStorage());

	it('times the four and what is light enough, each of which the chart has', () => {
		const ids = new Set(catalogue('en').models.map(({ id }) => id));
		expect(fourVariants).toHaveLength(4);
		expect(lightVariants.slice(0, 4)).toEqual(fourVariants);
		expect(lightVariants.length).toBeGreaterThan(20);
		expect(ids.has('mobilenet')).toBe(true);
	});

	it('keeps the time of each network as it comes, in an engine that it ends', async () => {
		const times = new DeviceTimes();
		const timing = new ChartTiming(times);
		const titles: unknown[] = [];
		const { benchmark } = fake;
		fake.benchmark = (...given) => (titles.push(timing.current), benchmark(...given));
		await timing.start(fourVariants);
		expect(titles[1]).toEqual({ title: 'MobileNet v1', number: 2, total: 4 });
		expect([...times.spreads.keys()]).toEqual(['squeezenet', 'mobilenet', 'shufflenet', 'xception']);
		expect([timing.current, timing.error, fake.closed]).toEqual([null, null, 1]);
	});

	it('is cancelled: what was timed by then stays', async () => {
		const times = new DeviceTimes();
		const timing = new ChartTiming(times);
		let count = 0;
		const { benchmark } = fake;
		fake.benchmark = (...given) => (++count === 2 && timing.cancel(), benchmark(...given));
		await timing.start(fourVariants);
		expect([...times.spreads.keys()]).toEqual(['squeezenet']);
		expect([timing.current, timing.error, fake.closed]).toEqual([null, null, 1]);
	});

	it('says what failed', async () => {
		const timing = new ChartTiming(new DeviceTimes());
		fake.load = () => Promise.reject(new EngineError(failed('memory')));
		await timing.start(fourVariants);
		expect([timing.error?.code, fake.closed]).toEqual(['memory', 1]);
	});
});
