import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../../src/lib/engine/kernels';
import { packConvolution, packWinograd } from '../../../src/lib/engine/kernels/pack';
import {
	planConvolution,
	planDepthwise,
	planWinograd,
	type ConvolutionPlan
} from '../../../src/lib/engine/kernels/plan';
import { poolBytes, Runner } from '../../../src/lib/engine/kernels/threads';
import { resolveWindow } from '../../../src/lib/ops/window';
import { difference } from './kernels-cases';
import { allowRelaxedSimd } from '../../../tools/relaxedSimd';
import { mulberry, randoms } from './random';

// Node 20 has relaxed SIMD behind a flag.
allowRelaxedSimd();

/** TensorFlow.js has no threads in Node, so the jobs run on bare memory here; what `helper.ts` does, for Node. */
const helperScript = `
	const { parentPort, workerData } = require('node:worker_threads');
	const { exports } = new WebAssembly.Instance(workerData.module, { env: { memory: workerData.memory } });
	parentPort.postMessage('joined');
	exports.help(workerData.pool);`;

const poolAt = 64;
const arrays = ['input', 'weights', 'bias', 'runs'] as const;

interface Work {
	readonly plan: (threads: number) => Pick<ConvolutionPlan, 'plan' | 'scratchBytes'>;
	readonly data: Partial<Record<(typeof arrays)[number], Float32Array | Int32Array>>;
	readonly outputs: number;
}

/** Runs a job in a runner's memory, with its arrays one after the other, and reads the output. */
function runWork(runner: Runner, { plan, data, outputs }: Work): Float32Array {
	let at = poolAt + poolBytes;
	const place = (bytes: number) => {
		const start = Math.ceil(at / 16) * 16;
		at = start + bytes;
		return start;
	};
	const addresses = Object.fromEntries(
		arrays.map((name) => {
			const values = data[name] ?? new Float32Array();
			const address = place(values.byteLength);
			new Uint8Array(runner.memory.buffer, address).set(new Uint8Array(values.buffer));
			return [name, address];
		})
	);
	const output = new Float32Array(runner.memory.buffer, place(outputs * 4), outputs).fill(NaN);
	const planned = plan(runner.threads);
	const scratch = place(planned.scratchBytes ?? 0);
	runner.run(planned.plan, { ...addresses, output: output.byteOffset, scratch });
	return Float32Array.from(output);
}

function convolution(
	size: number,
	inChannels: number,
	outChannels: number,
	groups: number,
	seed: number
): Work {
	const random = mulberry(seed);
	const kernel = randoms(random, (inChannels * outChannels) / groups);
	const pack = packConvolution({ kernel, kernelSize: 1, inChannels, outChannels, groups });
	const window = resolveWindow([size, size, inChannels], { kernelSize: 1 });
	const sizes = { inChannels, outChannels, groups, taps: pack.taps, runCount: pack.runCount };
	return {
		plan: (threads) => planConvolution(sizes, window, [size, size], 'relu', outChannels, threads),
		data: { ...pack, input: randoms(random, size * size * inChannels) },
		outputs: size * size * outChannels
	};
}

function winograd(size: number, inChannels: number, outChannels: number, seed: number): Work {
	const random = mulberry(seed);
	const kernel = randoms(random, 9 * inChannels * outChannels);
	const pack = packWinograd({ kernel, kernelSize: 3, inChannels, outChannels });
	const window = resolveWindow([size, size, inChannels], { kernelSize: 3, padding: 'same' });
	const channels = { inChannels, outChannels };
	return {
		plan: (threads) => planWinograd(channels, window, [size, size], 'relu', outChannels, threads),
		data: { ...pack, input: randoms(random, size * size * inChannels) },
		outputs: size * size * outChannels
	};
}

function depthwise(size: number, channels: number, seed: number): Work {
	const random = mulberry(seed);
	const window = resolveWindow([size, size, channels], { kernelSize: 3, padding: 'same' });
	return {
		plan: (threads) => ({ plan: planDepthwise(window, [size, size], channels, 'relu6', threads) }),
		data: {
			input: randoms(random, size * size * channels),
			weights: randoms(random, 9 * channels),
			bias: randoms(random, channels)
		},
		outputs: size * size * channels
	};
}

describe.each([false, true])('with relaxed SIMD: %s', (relaxed) => {
	let alone: Runner;
	let together: Runner;

	beforeAll(async () => {
		const pages = 64;
		alone = new Runner(await compile(relaxed, false), new WebAssembly.Memory({ initial: pages }), poolAt);
		together = new Runner(
			await compile(relaxed, true),
			new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }),
			poolAt
		);
		const workers = [1, 2].map(() => new Worker(helperScript, { eval: true, workerData: together.start }));
		await Promise.all(workers.map((worker) => once(worker, 'message')));
		for (const worker of workers) together.join(worker);
	});
	afterAll(() => together.dispose());

	it('several threads compute what one does, job after job', () => {
		expect(together.threads).toBe(3);
		for (let seed = 0; seed < 250; seed++) {
			const works = [
				convolution(14, 24, 60, 3, seed),
				convolution(3, 64, 100, 1, seed),
				winograd(30, 4, 12, seed),
				winograd(9, 12, 60, seed),
				depthwise(20, 20, seed),
				depthwise(5, 100, seed)
			];
			// Threads divide large weights instead of tiles.
			if (seed % 40 === 0) works.push(winograd(14, 64, 128, seed));
			for (const work of works)
				expect(difference(runWork(together, work), runWork(alone, work))).toBeLessThan(1e-6);
		}
	});

	it('a module for one kind of memory is refused by the other', async () => {
		const shared = await compile(relaxed, true);
		const memory = new WebAssembly.Memory({ initial: 1 });
		expect(() => new Runner(shared, memory, poolAt)).toThrow(WebAssembly.LinkError);
	});
});
