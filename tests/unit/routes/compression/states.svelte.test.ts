import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WeightSet } from '$lib/engine/client';
import { KnobError } from '$lib/nets/errors';
import { Compression } from '$lib/viz/figures/compression/compression.svelte';
import { CompressionAddress } from '../../../../src/routes/[lang=lang]/(site)/compression/address.svelte';
import { Agreement } from '../../../../src/routes/[lang=lang]/(site)/compression/agreement.svelte';
import { Compressor } from '../../../../src/routes/[lang=lang]/(site)/compression/compressor.svelte';
import {
	BothWays,
	relativeError
} from '../../../../src/routes/[lang=lang]/(site)/compression/bothWays.svelte';
import { figuresAt, Integers } from '../../../../src/routes/[lang=lang]/(site)/compression/integers.svelte';
import {
	integersFileColumns,
	layerColumns
} from '../../../../src/routes/[lang=lang]/(site)/compression/integersColumns';
import { integersKnobs } from '../../../../src/routes/[lang=lang]/(site)/compression/integersKnobs';
import type { IntegersOfSet } from '../../../../src/routes/[lang=lang]/(site)/compression/integersOf';
import { textColumns } from '$lib/viz/ui/column';
import { formatTable } from '$lib/viz/ui/tableText';
import { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import { EngineError, failed, fake } from '../fakeEngine';

vi.mock('$lib/engine/client', () => import('../fakeEngine'));

/** A worker that answers when a test wants it to. */
const worker = vi.hoisted(() => ({
	asked: [] as { resolve(value: unknown): void; reject(error: unknown): void }[],
	report: (() => {}) as (phase: string, done: number, total: number) => void,
	compress: (_: unknown, __: unknown, ___: unknown, report: typeof worker.report) => {
		worker.report = report;
		return new Promise((resolve, reject) => worker.asked.push({ resolve, reject }));
	},
	opened: 0,
	ended: 0,
	onerror: null as ((event: { message: string }) => void) | null,
	end: () => void worker.ended++
}));
vi.mock('../../../../src/routes/[lang=lang]/(site)/compression/openWorker', () => ({
	openWorker: () => {
		worker.opened++;
		return { worker, end: worker.end, remote: { compress: worker.compress } };
	}
}));
vi.mock('comlink', () => ({ proxy: (callback: unknown) => callback }));

const set = {
	id: 'a',
	network: 'squeezenet',
	knobs: {},
	hash: 'h',
	files: {},
	preprocessing: {}
} as unknown as WeightSet;
const settings = { prune: 40, bits: 5 };
const answer = (summary: string, isRepaired = false) => ({ summary, isRepaired });
const modelOf = ({ id }: WeightSet) => `/weights/${id}/model.json`;
const compression = () => new Compression({ values: new Float32Array(10), shape: [1, 1, 2, 5] } as never);

describe('CompressionAddress', () => {
	it('holds the set and the knobs; the first set needs no mention', () => {
		const of = compression();
		const integers = new FigureKnobs(integersKnobs);
		const address = new CompressionAddress(of, integers, ['a', 'b']);
		expect([address.set, address.search]).toEqual(['a', '']);
		address.set = 'b';
		of.knobs.set({ bits: 2 });
		expect(address.search).toBe('?set=b&bits=2');
		address.read('?prune=95&set=nowhere');
		expect([address.set, of.knobs.values]).toEqual(['a', { prune: 95, bits: 5 }]);
		integers.set({ width: 4, scales: 'tensor' });
		expect(address.search).toBe('?prune=95&width=4&scales=tensor');
		address.read('?width=3&lowered=weights');
		expect(integers.values).toEqual({ width: 3, lowered: 'weights', scales: 'channel' });
		address.read('?width=3');
		expect(integers.values).toEqual({ width: 3, lowered: 'both', scales: 'channel' });
	});
	it('holds network, layer and picture of the integers; another network keeps what it has as well', () => {
		const layer = (id: string, tensor: number) => ({ id, errors: { 8: { tensor, channel: 0 } } });
		const measured = [
			{ id: 'a', key: 'a', layers: [layer('one', 0.1), layer('two', 0.2)], counted: { tensors: 4 } },
			{ id: 'b', key: 'b', layers: [layer('three', 0.9)], counted: { tensors: 2 } }
		] as unknown as IntegersOfSet[];
		const address = new CompressionAddress(compression(), new FigureKnobs(integersKnobs), ['a'], measured);
		expect([address.picked.network, address.search]).toEqual(['b', '']);
		address.pick({ network: 'a' });
		address.pick({ layer: 'two', picture: 'cat', map: 3 });
		expect(address.search).toBe('?network=a&layer=two&picture=cat&map=3');
		address.pick({ network: 'b' });
		expect(address.search).toBe('?picture=cat');
		address.read('?network=a&layer=one&picture=dog&map=1');
		expect(address.picked).toEqual({ network: 'a', layer: 'one', picture: 'dog', map: 1 });
		address.read('?layer=one&width=9&prune=none');
		expect(address.picked.layer).toBeNull();
		// What is wrong is said of the control by its own label.
		const whys = address.ignored.map(({ why }) => (why instanceof KnobError ? why.knob : why));
		expect(whys).toEqual([null, 'Bits of a weight', 'Pruned, in percent of the weights']);
		// A sample that these networks do not know, and a step that this one does not have.
		address.read('?network=a&picture=rocket&map=999');
		expect(address.picked).toEqual({ network: 'a', layer: null, picture: null, map: 2 });
		expect(address.search).toBe('?network=a');
		expect(address.ignored.map(({ name, value, used }) => [name, value, used])).toEqual([
			['picture', 'rocket', undefined],
			['map', '999', '2']
		]);
		// Each has its own steps, the logits among them.
		address.read('?network=a&map=5');
		expect([address.picked.map, address.ignored]).toEqual([5, []]);
		address.read('?map=4');
		expect([address.picked.map, address.ignored.length]).toEqual([2, 1]);
	});
	it('keeps the layer where the other network has one of that name, and the step where it is the same network', () => {
		const layer = (id: string, tensor: number) => ({ id, errors: { 8: { tensor, channel: 0 } } });
		const counted = { tensors: 4 };
		const measured = [
			{ id: 'a', key: 'a', layers: [layer('one', 0.1), layer('dw', 0.9)], counted },
			{ id: 'a', key: 'a-even', layers: [layer('one', 0.2), layer('dw', 0.1)], counted },
			{ id: 'b', key: 'b', layers: [layer('one', 0.3), layer('other', 0.4)], counted }
		] as unknown as IntegersOfSet[];
		const address = new CompressionAddress(compression(), new FigureKnobs(integersKnobs), ['a'], measured);
		address.pick({ map: 4 });
		// Nobody has chosen the layer: it is the one that is drawn.
		address.pick({ network: 'a-even' });
		expect(address.picked).toMatchObject({ layer: 'dw', map: 4 });
		address.pick({ network: 'a' });
		expect(address.search).toBe('?map=4');
		address.pick({ network: 'b' });
		expect(address.picked).toMatchObject({ layer: null, map: 2 });
		address.pick({ layer: 'one' });
		address.pick({ network: 'a' });
		expect(address.picked.layer).toBe('one');
		// What both are drawn by without being asked needs no mention.
		address.pick({ network: 'a-even' });
		expect(address.search).toBe('?network=a-even');
	});
});

describe('Compressor', () => {
	beforeEach(() => void Object.assign(worker, { asked: [], opened: 0, ended: 0 }));

	it('says how far it is, and what came of it', async () => {
		const compressor = new Compressor(modelOf);
		const running = compressor.run(set, settings);
		expect(compressor.progress).toEqual({ phase: 'loading', share: 0 });
		worker.report('compressing', 3, 4);
		expect(compressor.progress).toEqual({ phase: 'compressing', share: 0.75 });
		worker.asked[0]!.resolve(answer('summary'));
		await running;
		expect(compressor).toMatchObject({ progress: null, problem: null });
		expect(compressor.result).toEqual({ set, settings, summary: 'summary', isRepaired: false });
	});

	it('takes only the last answer, and the worker stays for it', async () => {
		const compressor = new Compressor(modelOf);
		const first = compressor.run(set, settings);
		const earlier = worker.report;
		const second = compressor.run(set, { ...settings, bits: 2 });
		worker.asked[1]!.resolve(answer('second'));
		worker.asked[0]!.resolve(answer('first'));
		await Promise.all([first, second]);
		earlier('compressing', 1, 2);
		expect(compressor.result).toMatchObject({ settings: { bits: 2 }, summary: 'second' });
		expect([compressor.progress, worker.opened]).toEqual([null, 1]);
	});

	it('ends the worker when it is cancelled; what was there stays, and nothing is said', async () => {
		const compressor = new Compressor(modelOf);
		const first = compressor.run(set, settings);
		worker.asked[0]!.resolve(answer('first'));
		await first;
		void compressor.run(set, settings);
		compressor.cancel();
		expect([compressor.progress, compressor.problem, worker.ended]).toEqual([null, null, 1]);
		expect(compressor.result?.summary).toBe('first');
		void compressor.run(set, settings);
		expect(worker.opened).toBe(2);
	});

	it('says why nothing came of it, but for a worker that did not load', async () => {
		const compressor = new Compressor(modelOf);
		const first = compressor.run(set, settings);
		worker.asked[0]!.reject(new Error('no weights'));
		await first;
		expect(compressor).toMatchObject({ problem: 'no weights', progress: null });
		const second = compressor.run(set, settings);
		expect(compressor.problem).toBeNull();
		worker.asked[1]!.resolve({ failed: { code: 'fetch', params: { file: 'a.bin', status: 404 } } });
		await second;
		expect(compressor.problem).toBe('a.bin could not be fetched: the site answered 404.');
		const third = compressor.run(set, settings);
		worker.onerror!({ message: '' });
		await third;
		// Pages say by themselves what did not load.
		expect([compressor.problem, compressor.progress, worker.ended]).toEqual([null, null, 1]);
		const fourth = compressor.run(set, settings);
		worker.onerror!({ message: 'it ran out of memory' });
		await fourth;
		expect([compressor.problem, worker.ended]).toEqual(['it ran out of memory', 2]);
	});

	it('says that what the browser had kept had gone bad', async () => {
		const compressor = new Compressor(modelOf);
		const running = compressor.run(set, settings);
		worker.asked[0]!.resolve(answer('summary', true));
		await running;
		expect(compressor.result?.isRepaired).toBe(true);
	});
});

describe('Agreement', () => {
	const result = { set, settings, summary: { graph: {}, tensors: [], logits: 'logits' } } as never;
	const pictures = ['one', 'two', 'three'].map((name) => ({
		...{ name, thumbnail: '' },
		pixels: async () => ({ name }) as never
	}));
	beforeEach(() => {
		fake.reset();
		fake.run = async () => ({ watched: { logits: { data: Float32Array.from([1, 3, 2]) } } });
	});

	it('shows both networks every picture, and lets the compressed one go', async () => {
		const agreement = new Agreement(modelOf);
		await agreement.run(result, pictures);
		expect(
			agreement.rows.map(({ shown, before, after, difference }) => [shown.name, before, after, difference])
		).toEqual(['one', 'two', 'three'].map((name) => [name, 1, 1, 0]));
		expect(agreement).toMatchObject({ of: result, isRunning: false, error: null });
		expect(fake.calls.map(([name]) => name)).toEqual(['load', 'load', ...Array(6).fill('run'), 'unload']);
		// Other settings of the same set: only what was compressed is loaded anew.
		await agreement.run(result, pictures.slice(0, 1));
		expect(fake.calls.slice(9).map(([name]) => name)).toEqual(['load', 'run', 'run', 'unload']);
	});

	it('shows a picture that is added alone, and leaves out one that is removed', async () => {
		const agreement = new Agreement(modelOf);
		await agreement.run(result, pictures.slice(1));
		fake.calls.length = 0;
		await agreement.run(result, pictures, { isAdding: true });
		const names = () => agreement.rows.map(({ shown }) => shown.name);
		expect(names()).toEqual(['one', 'two', 'three']);
		expect(fake.calls.map(([name]) => name)).toEqual(['load', 'run', 'run', 'unload']);
		agreement.forget(pictures[1]!);
		expect(names()).toEqual(['one', 'three']);
		// Asked for as a whole, all is shown again.
		await agreement.run(result, pictures);
		expect(fake.calls.filter(([name]) => name === 'run').length).toBe(8);
	});

	it('stops after the picture that is under way', async () => {
		const agreement = new Agreement(modelOf);
		let count = 0;
		fake.run = async () => {
			if (++count === 2) agreement.cancel();
			return { watched: { logits: { data: new Float32Array(3) } } };
		};
		await agreement.run(result, pictures);
		expect(agreement).toMatchObject({ rows: [], isRunning: false, error: null });
	});

	it('says what failed, and loads all again after the engine broke down', async () => {
		const agreement = new Agreement(modelOf);
		const fault = new EngineError({ code: 'memory', message: '', params: {}, problems: [] });
		fake.run = () => Promise.reject(fault);
		await agreement.run(result, pictures);
		expect([agreement.error, agreement.isRunning]).toEqual([fault, false]);
		fake.reset();
		await agreement.run(result, []);
		expect(fake.calls.map(([name]) => name)).toEqual(['load', 'load', 'unload']);
	});
});

describe('BothWays', () => {
	beforeEach(() => fake.reset());
	const measured = {
		...{ id: 'a', network: 'squeezenet', calibration: 'max', ranges: { input: { low: 0, high: 1 } } }
	};
	const own = measured as unknown as IntegersOfSet;
	const asked = {
		set,
		measured: own,
		granularity: 'tensor',
		bits: 8,
		activationBits: 7,
		picture: 'cat'
	} as const;
	const pixels = { width: 1, height: 1, data: new Uint8Array(4) };
	/** Each tensor that is watched: 4 on float32, 5 on integers. */
	const answer = async (
		_: number,
		__: unknown,
		{ watch, onFloat32 }: { watch: string[]; onFloat32?: boolean }
	) => ({
		output: { shape: [1, 1, 2], data: onFloat32 ? Float32Array.of(0, 1) : Float32Array.of(1, 0) },
		watched: Object.fromEntries(
			watch.map((ref) => [ref, { shape: [1, 1, 1], data: Float32Array.of(onFloat32 ? 4 : 5) }])
		)
	});

	it('relativeError: of root mean squares', () => {
		expect(relativeError(Float32Array.of(3, 4), Float32Array.of(3, 3))).toBeCloseTo(1 / 5, 12);
		expect(relativeError(Float32Array.of(0), Float32Array.of(1))).toBe(0);
	});
	it('keeps what every layer gives on both, also where integers are slower', async () => {
		fake.run = answer as never;
		const both = new BothWays(modelOf);
		await both.run(asked, pixels);
		expect(fake.calls.map(([name]) => name)).toEqual(['load', 'useIntegers', 'run', 'run', 'unload']);
		expect(fake.calls[1]!.slice(2)).toMatchObject([
			{ kind: 'ranges', ranges: measured.ranges, calibration: 'max', granularity: 'tensor' },
			{ always: true }
		]);
		expect(both.layers[0]).toMatchObject({ id: 'input', error: 0.25 });
		expect(both.layers.map(({ id }) => id)).toContain('relu_conv1');
		expect([both.of, both.answers, both.isRunning]).toEqual([asked, [1, 0], false]);
		both.close();
		expect(fake.closed).toBe(1);
	});
	it('compares with what float32 gives after the ReLU that integers have clamped by', async () => {
		fake.run = (async (_: number, __: unknown, { watch, onFloat32 }: Parameters<typeof answer>[2]) => ({
			output: { shape: [1, 1, 2], data: Float32Array.of(0, 1) },
			watched: Object.fromEntries(
				watch.map((ref) => [ref, { shape: [1, 1, 2], data: Float32Array.of(onFloat32 ? -3 : 0, 2) }])
			)
		})) as never;
		const both = new BothWays(modelOf);
		const shuffle = { ...set, network: 'shufflenet' } as unknown as WeightSet;
		await both.run({ ...asked, set: shuffle, bits: 4 }, pixels);
		const clamped = both.layers.filter(({ clampedBy }) => clampedBy !== null);
		expect(clamped.map(({ id }) => id)).toContain('stage3/unit1/gconv2_bn');
		for (const { error, before } of clamped) expect([error, ...before]).toEqual([0, 0, 2]);
		expect(both.layers.find(({ id }) => id === 'input')!.error).toBeGreaterThan(0.8);
		// With fewer bits, weights are fitted as they were for the accuracies.
		expect(fake.calls[1]![2]).toMatchObject({
			bits: 4,
			activationBits: 7,
			calibration: 'squares',
			granularity: 'tensor'
		});
	});
	it('says why there is nothing to be seen, and frees the network', async () => {
		fake.run = async () => {
			throw new EngineError(failed('memory'));
		};
		const both = new BothWays(modelOf);
		await both.run(asked, pixels);
		expect([both.error?.code, both.of, both.isRunning]).toEqual(['memory', null, false]);
		expect(fake.calls.at(-1)![0]).toBe('unload');
	});
});

/** Cells of a CSV file of which none holds a quote or a break. */
const cellsOf = (csv: string): string[][] =>
	csv
		.replace('\ufeff', '')
		.trim()
		.split('\r\n')
		.map((line) =>
			Array.from(line.matchAll(/(?<=^|,)(?:"([^"]*)"|([^,]*))/g), (cell) => cell[1] ?? cell[2]!)
		);

describe('Integers', () => {
	beforeEach(() => fake.reset());
	const settings = [
		...[
			{ granularity: 'channel', calibration: 'squares', bytes: 30, accuracy: 0.8, agreement: 0.9 },
			{ granularity: 'channel', calibration: 'max', bytes: 30, accuracy: 0.7, agreement: 0.8 },
			{ granularity: 'tensor', calibration: 'max', bytes: 20, accuracy: 0.4, agreement: 0.4 }
		].map((of) => ({ bits: 8, activationBits: 7, ...of })),
		...[
			{ activationBits: 2, accuracy: 0.1, agreement: 0.1 },
			{ activationBits: 7, accuracy: 0.3, agreement: 0.3 }
		].map((of) => ({ bits: 2, granularity: 'channel', calibration: 'squares', bytes: 10, ...of }))
	];
	const measured = {
		...{
			id: 'a',
			network: 'squeezenet',
			calibration: 'max',
			isUsed: true,
			settings,
			ranges: { input: { low: 0, high: 1 } }
		},
		trained: { bytes: 100, accuracy: 0.9 }
	} as unknown as IntegersOfSet;
	/** The same set, rounded in another way for comparison. */
	const other = { ...measured, isUsed: false, isEqualized: false };
	const make = () => new Integers([other, measured], new FigureKnobs(integersKnobs));

	it('figuresAt: by the set’s own calibration where there are several, by the only one else', () => {
		expect(figuresAt(measured, 8, 'channel').accuracy).toBe(0.7);
		expect(figuresAt(measured, 8, 'tensor').accuracy).toBe(0.4);
		expect(figuresAt(measured, 2, 'channel').accuracy).toBe(0.1);
		expect(figuresAt(measured, 2, 'channel', 'weights').accuracy).toBe(0.3);
		expect(figuresAt(measured, 8, 'tensor', 'weights').accuracy).toBe(0.4);
	});
	it('times each network on float32 and integers, and shows that at any number of bits', async () => {
		const integers = make();
		expect(integers.rows[0]!.times).toBeNull();
		await integers.time([set], modelOf);
		expect(fake.calls.map(([name]) => name)).toEqual(['load', 'useIntegers', 'unload']);
		expect(fake.calls[1]!.slice(0, 3)).toEqual([
			'useIntegers',
			1,
			{ kind: 'ranges', ranges: measured.ranges, calibration: 'max' }
		]);
		// Both ways take the same kernels: one is timed for both.
		const timed = integers.rows[0]!.times!;
		expect(timed).toMatchObject({ pace: 'faster', threads: 2 });
		expect([timed.times.integers.median, timed.times.float32.median]).toEqual([2, 6]);
		expect(integers.rows[1]!.times).toBe(timed);
		expect([integers.timing, fake.closed]).toEqual([null, 1]);
		integers.knobs.set({ width: 2 });
		expect(integers.rows[0]).toMatchObject({ times: timed, figures: { accuracy: 0.1 } });
		integers.knobs.set({ lowered: 'weights' });
		expect(integers.rows[0]).toMatchObject({ times: timed, figures: { accuracy: 0.3 } });
	});
	it('is written into a file with its times in full, what was chosen beside them, and nothing where none were measured', async () => {
		const integers = make();
		const csv = () => cellsOf(formatTable('csv', integersFileColumns(), integers.rows));
		const cell = (row: number, title: string) => csv()[row]![csv()[0]!.indexOf(title)];
		expect([cell(1, 'Time, 32 bits (ms)'), cell(1, 'Time, 8 bits (ms)')]).toEqual(['', '']);
		await integers.time([set], modelOf);
		integers.knobs.set({ width: 8, scales: 'tensor' });
		expect(csv()).toHaveLength(3);
		for (const row of [1, 2]) {
			expect([cell(row, 'Time, 32 bits (ms)'), cell(row, 'Time, 8 bits (ms)')]).toEqual(['6', '2']);
			expect(csv()[row]!.slice(-3)).toEqual(['8', '7', 'the whole layer']);
		}
	});
	it('layerColumns(layers, bits) writes the errors of layers in full', () => {
		const layer = {
			...{ id: 'conv1', kind: 'standard', channels: 2, largest: [1, 0.5] },
			errors: { 4: { tensor: 0.123, channel: 0.0456 } }
		};
		const columns = textColumns(layerColumns([layer as never], 4));
		const [titles, row] = cellsOf(formatTable('csv', columns, [layer as never]));
		expect(titles!.slice(-2)).toEqual(['Error, one scale', 'Error, a scale each']);
		expect(row).toEqual(['conv1', expect.anything(), '2', '4', '0.123', '0.0456']);
	});
	it('says why a network could not be timed; a cancelled one leaves nothing behind', async () => {
		const integers = make();
		fake.load = async () => {
			throw new EngineError(failed('memory'));
		};
		await integers.time([set], modelOf);
		expect(integers.problem).toMatch(/memory/);
		expect(integers.timing).toBeNull();
		fake.load = async () => {
			integers.cancel();
			return { id: 1 };
		};
		await integers.time([set], modelOf);
		expect([integers.problem, integers.timing, integers.times]).toEqual([null, null, {}]);
	});
});
