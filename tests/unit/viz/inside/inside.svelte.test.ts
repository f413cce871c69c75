import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '$lib/nets';
import { randomWeights, runGraph } from '$lib/nets/run';
import { Inside } from '$lib/viz/figures/inside/inside.svelte';
import type { InsideSource } from '$lib/viz/figures/inside/insideSource';
import { seededSource } from '$lib/viz/figures/inside/seeded';
import { Latest } from '$lib/viz/figures/inside/latest.svelte';
import { until } from '../../until';

/** What a question waits for, to be answered when a test wants it to. */
function answers<T>() {
	const asked: { resolve(value: T): void; reject(error: unknown): void }[] = [];
	const ask = () => new Promise<T>((resolve, reject) => asked.push({ resolve, reject }));
	return { asked, ask };
}

describe('Latest', () => {
	/** Of a question that is asked anew for every topic. */
	function latest() {
		let topic = $state<string | null>('a');
		const { asked, ask } = answers<string>();
		let of!: Latest<string>;
		const end = $effect.root(() => {
			of = new Latest(() => (topic === null ? null : ask()));
		});
		flushSync();
		const turnTo = (next: string | null) => {
			topic = next;
			flushSync();
		};
		return { of, asked, turnTo, end };
	}

	it('keeps the answer before until the newest is there', async () => {
		const { of, asked, turnTo } = latest();
		expect([of.waiting, of.value]).toEqual([true, null]);
		asked[0]!.resolve('A');
		await until(() => !of.waiting);
		turnTo('b');
		expect([of.waiting, of.value]).toEqual([true, 'A']);
		asked[1]!.resolve('B');
		await until(() => of.value === 'B');
	});

	it('takes no answer to an older question, late as it may come, nor its failure', async () => {
		const { of, asked, turnTo } = latest();
		turnTo('b');
		turnTo('c');
		asked[2]!.resolve('C');
		await until(() => of.value === 'C');
		asked[0]!.resolve('A');
		asked[1]!.reject(new Error('late'));
		await Promise.resolve();
		expect([of.value, of.error, of.waiting]).toEqual(['C', null, false]);
	});

	it('says what went wrong, and asks again when it is told to', async () => {
		const { of, asked } = latest();
		asked[0]!.reject(new Error('no'));
		await until(() => of.error !== null);
		expect([of.value, of.waiting]).toEqual([null, false]);
		of.retry();
		flushSync();
		expect([of.error, of.waiting, asked.length]).toEqual([null, true, 2]);
		asked[1]!.resolve('A');
		await until(() => of.value === 'A');
	});

	it('has nothing where nothing is asked, or once it is over', async () => {
		const { of, asked, turnTo, end } = latest();
		turnTo(null);
		expect([of.value, of.waiting]).toEqual([null, false]);
		turnTo('b');
		end();
		asked.at(-1)!.resolve('B');
		await Promise.resolve();
		expect(of.value).toBeNull();
	});
});

const network = resolveGraph(
	networkById('fire-module').build({ resolution: 6, inChannels: 3, s1: 2, e1: 2, e3: 2 })
);

/** A source that runs the network by its operators, and counts what it is asked. */
function sourceOf(): InsideSource & { readonly asked: string[] } {
	const weights = randomWeights(network, 3);
	const [height, width, channels] = network.tensors[0]!.shape;
	const data = Float64Array.from({ length: height * width * channels }, (_, i) => Math.sin(i));
	const values = runGraph(network, [{ shape: network.tensors[0]!.shape, data }], weights);
	const asked: string[] = [];
	return {
		...{ network, asked, channelOrder: 'rgb', trained: false, isOnIntegers: false, labels: null },
		picture: { width, height, data: new Uint8ClampedArray(width * height * 4) },
		activation: async (ref) => {
			asked.push(ref);
			const tensor = values[network.byRef.get(ref)!.index]!;
			return { shape: tensor.shape, data: Float32Array.from(tensor.data) };
		},
		weight: async (node, name) => {
			asked.push(`${node} ${name}`);
			const weight = weights[node]![name]!;
			return { shape: weight.shape, data: Float32Array.from(weight.data) };
		}
	};
}

describe('Inside', () => {
	function inside(source: InsideSource | null = sourceOf()) {
		let of!: Inside;
		const end = $effect.root(() => {
			of = new Inside(() => ({ network, source }), { isStill: () => true });
		});
		of.resize({ width: 720, height: 460 });
		flushSync();
		return { of, source, end };
	}
	const press = (of: Inside, ...keys: string[]) => {
		for (const key of keys) {
			of.press(key, false);
			flushSync();
		}
	};

	it('begins with the whole network, and has the maps of every stack come', async () => {
		const { of } = inside();
		expect([of.level, of.tensor]).toEqual([0, null]);
		await until(() => !of.coming.waiting);
		for (const { shown } of of.stacks) expect(of.mapsOf(shown.ref)!.tensor).toBe(shown);
	});

	it('goes in by keys, stack, map and value, and out again to what it came from', async () => {
		const { of } = inside();
		await until(() => !of.coming.waiting);
		press(of, 'End', 'Enter');
		const { shown } = of.stacks[1]!;
		expect(of.state).toMatchObject({ layer: shown.ref, channel: null });
		press(of, 'ArrowRight', 'Enter');
		const { order } = of.scene.tensor(shown.ref);
		expect(of.state.channel).toBe(order[1]);
		press(of, 'Home', 'PageUp', 'ArrowDown', 'Enter');
		expect([of.level, of.state.pixel]).toEqual([3, { y: 1, x: 0 }]);
		press(of, 'ArrowRight');
		expect(of.state.pixel).toEqual({ y: 1, x: 1 });
		press(of, 'Escape');
		expect([of.level, of.pointed.pixel]).toEqual([2, { y: 1, x: 1 }]);
		press(of, 'Escape');
		expect([of.level, of.pointed.channel]).toEqual([1, order[1]]);
		press(of, 'Escape');
		expect([of.level, of.pointed.stack]).toEqual([0, 1]);
		expect(of.press('Escape', false)).toBe(false);
	});

	it('goes in and out by pointer and by pinching, and on to the nearest level', async () => {
		const { of } = inside();
		await until(() => !of.coming.waiting);
		const { face } = of.scene.world.piles[1]!;
		const middle = { x: face.x + face.width / 2, y: face.y + face.height / 2 };
		of.zoom(2, middle);
		flushSync();
		expect(of.camera.held!.level).toBeGreaterThan(0);
		expect(of.camera.held!.ref).toBe(of.stacks[1]!.shown.ref);
		of.settle();
		flushSync();
		expect(of.level).toBe(0);
		for (let i = 0; i < 4; i++) of.zoom(2, middle);
		of.settle();
		flushSync();
		expect(of.level).toBe(1);
		expect(of.choose({ x: 360, y: 230 })).toBe(true);
		flushSync();
		expect(of.level).toBe(2);
		of.zoom(0.01, middle);
		of.settle();
		flushSync();
		expect([of.level, of.state.layer]).toEqual([0, null]);
		expect(of.choose({ x: -9, y: -9 })).toBe(false);
	});

	it('steps to what stands beside, to the ends', async () => {
		const { of } = inside();
		await until(() => !of.coming.waiting);
		expect(of.canStep(1)).toBe(false);
		of.goTo(network.tensors[0]!.ref);
		flushSync();
		expect([of.canStep(-1), of.canStep(1)]).toEqual([false, true]);
		of.step(1);
		flushSync();
		expect(of.tensor).toBe(network.tensors[1]);
		of.goTo(network.tensors.at(-1)!.ref, of.scene.tensor(network.tensors.at(-1)!.ref).order.at(-1)!, {
			y: 0,
			x: 0
		});
		flushSync();
		expect([of.canStep(-1), of.canStep(1)]).toEqual([false, true]);
		of.step(1);
		flushSync();
		expect(of.state.pixel).toEqual({ y: 0, x: 1 });
	});

	it('works a value out from where several come together, through what is done to it, to what the network has', async () => {
		const { of } = inside();
		const [relu] = network.nodes.filter(({ op }) => op === 'relu').map(({ outputs }) => outputs[0]!.ref);
		of.goTo(relu!, 1, { y: 2, x: 3 });
		flushSync();
		await until(() => of.worked.value !== null);
		const { value, inputs, channel, y, x, origin, worked, after } = of.worked.value!;
		expect([channel, y, x, inputs.length, origin.op]).toEqual([1, 2, 3, 1, 'conv2d']);
		expect(after.map(({ node }) => node.op)).toEqual(['relu']);
		expect(Math.max(0, worked.result)).toBeCloseTo(after[0]!.worked.result, 5);
		expect(after[0]!.worked.result).toBeCloseTo(value, 5);
		await until(() => of.maps !== null);
		const { shape, data } = of.maps!.activation;
		expect(value).toBe(data[(2 * shape[1] + 3) * shape[2] + 1]);
	});

	it('comes to what the network has by its own arithmetic, in every layer of every kind', async () => {
		const source = seededSource();
		let of!: Inside;
		const end = $effect.root(() => {
			of = new Inside(() => ({ network: source.network, source }), { isStill: () => true });
		});
		for (const { ref, shape, producer } of source.network.tensors) {
			if (!producer) continue;
			const at = { channel: shape[2] - 1, y: shape[0] >> 1, x: shape[1] - 1 };
			of.goTo(ref, at.channel, { y: at.y, x: at.x });
			flushSync();
			await until(() => of.worked.value?.tensor.ref === ref);
			const { worked, after, value, origin } = of.worked.value!;
			// What comes after each is what it came to, within 32-bit numbers.
			let result = worked.result;
			for (const step of after) {
				expect(step.worked.parts[0]!.terms[0]!.value).toBeCloseTo(result, 5);
				({ result } = step.worked);
			}
			expect(result).toBeCloseTo(value, 5);
			expect(after.map(({ node }) => node.id).at(-1) ?? origin.id).toBe(producer.id);
			if (worked.form === 'sum')
				expect(worked.parts.reduce((sum, { total }) => sum + total, worked.bias ?? 0)).toBeCloseTo(
					worked.result,
					8
				);
		}
		end();
	});

	it('asks for nothing twice', async () => {
		const source = sourceOf();
		const { of } = inside(source);
		const [first, second] = network.nodes.map(({ outputs }) => outputs[0]!.ref);
		for (const layer of [second!, first!, second!]) {
			of.goTo(layer);
			flushSync();
			await until(() => !of.coming.waiting);
		}
		expect(new Set(source.asked).size).toBe(source.asked.length);
	});

	it('leaves out what a layer does not have, and has no maps of nothing', () => {
		const { of } = inside(null);
		of.goTo('nowhere', 5, { y: 0, x: 0 });
		flushSync();
		expect(of.state).toMatchObject({ layer: null, channel: null, pixel: null });
		of.goTo(network.tensors[1]!.ref, 99);
		expect(of.state.channel).toBeNull();
		expect([of.maps, of.worked.value, of.coming.waiting]).toEqual([null, null, false]);
	});
});
