import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '$lib/nets';
import { randomWeights, runGraph } from '$lib/nets/run';
import { Inside } from '$lib/viz/figures/inside/inside.svelte';
import type { InsideSource } from '$lib/viz/figures/inside/insideSource';
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
		...{ network, asked, channelOrder: 'rgb', trained: false, labels: null },
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
	function inside() {
		const source = sourceOf();
		let of!: Inside;
		const end = $effect.root(() => {
			of = new Inside(() => source, undefined);
		});
		flushSync();
		return { of, source, end };
	}

	it('begins with the maps of the first layer, and goes from layer to layer to the ends', async () => {
		const { of } = inside();
		await until(() => of.maps.value !== null);
		expect(of.maps.value!.tensor).toBe(network.nodes[0]!.outputs[0]);
		expect(of.order).toEqual([0, 1]);
		expect(of.neighbour(-1)).toBe(network.tensors[0]);
		of.goTo(network.tensors.at(-1)!.ref);
		flushSync();
		expect(of.neighbour(1)).toBeNull();
	});

	it('works a pixel out to the value that the network has', async () => {
		const { of } = inside();
		const [layer] = network.nodes
			.filter(({ node }) => node.op === 'conv2d')
			.map(({ outputs }) => outputs[0]!.ref);
		of.goTo(layer!, 1, { y: 2, x: 3 });
		flushSync();
		await until(() => of.worked.value !== null);
		const { value, inputs, channel, y, x } = of.worked.value!;
		expect([channel, y, x, inputs.length]).toEqual([1, 2, 3, 1]);
		const { shape, data } = of.maps.value!.activation;
		expect(value).toBe(data[(2 * shape[1] + 3) * shape[2] + 1]);
	});

	it('asks for nothing twice', async () => {
		const { of, source } = inside();
		const [first, second] = network.nodes.map(({ outputs }) => outputs[0]!.ref);
		for (const layer of [second!, first!, second!]) {
			of.goTo(layer);
			flushSync();
			await until(() => !of.maps.waiting);
		}
		expect(new Set(source.asked).size).toBe(source.asked.length);
	});

	it('leaves out what a layer does not have', () => {
		const { of } = inside();
		of.goTo('nowhere', 5, { y: 0, x: 0 });
		flushSync();
		expect(of.state).toMatchObject({ layer: network.nodes[0]!.outputs[0]!.ref, channel: null, pixel: null });
		of.set({ channel: 99 });
		expect(of.state.channel).toBeNull();
	});
});
