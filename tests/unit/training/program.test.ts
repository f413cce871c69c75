import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder, randomNumbers, resolveGraph, type Ref } from '$lib/nets';
import { UntrainableError } from '$lib/training/layers';
import { judge } from '$lib/training/loss';
import { Program } from '$lib/training/program';

const batch = 3;

/** A layer of each kind that can be trained, in the middle of a small network. */
const middles: Readonly<Record<string, (net: GraphBuilder, x: Ref) => Ref>> = {
	standard: (net, x) => net.conv2d('m', x, { outChannels: 5, kernelSize: 3, padding: 1 }),
	'standard with stride and dilation': (net, x) =>
		net.conv2d('m', x, {
			outChannels: 4,
			kernelSize: [3, 2],
			stride: [2, 1],
			dilation: [1, 2],
			padding: 'same'
		}),
	group: (net, x) => net.conv2d('m', x, { outChannels: 12, kernelSize: 3, groups: 2 }),
	'group of few': (net, x) => net.conv2d('m', x, { outChannels: 6, kernelSize: 3, groups: 2, bias: false }),
	depthwise: (net, x) => net.depthwiseConv2d('m', x, { kernelSize: 3, padding: 1 }),
	'depthwise with multiplier': (net, x) =>
		net.depthwiseConv2d('m', x, { kernelSize: 3, stride: 2, channelMultiplier: 2 }),
	pointwise: (net, x) => net.conv2d('m', x, { outChannels: 5, kernelSize: 1 }),
	shuffle: (net, x) => net.op('channelShuffle', 'm', x, { groups: 2 }),
	batchNorm: (net, x) => net.batchNorm('m', x, { epsilon: 1e-5 }),
	'batch norm without scale and shift': (net, x) => net.batchNorm('m', x, { scale: false, center: false }),
	relu: (net, x) => net.relu('m', x),
	maxPool: (net, x) => net.maxPool('m', x, { kernelSize: 3, stride: 2, padding: 1 }),
	avgPool: (net, x) =>
		net.op('avgPool', 'm', x, { kernelSize: 3, stride: 2, padding: 1, countPadding: true }),
	add: (net, x) => net.add('m', [x, net.conv2d('b', x, { outChannels: net.channels(x), kernelSize: 1 })]),
	'split and concat': (net, x) => {
		net.op('split', 's', x, { sizes: [1, net.channels(x) - 1] });
		return net.concat('m', ['s:1', 's:0']);
	}
};

/** The network of a middle, with random weights. */
function programOf(middle: (net: GraphBuilder, x: Ref) => Ref, seed: string): Program {
	const net = new GraphBuilder('', [5, 6, 2]);
	const first = net.conv2d('first', net.input, { outChannels: 6, kernelSize: 2 });
	const pooled = net.globalAvgPool('pool', middle(net, first));
	const program = new Program(
		resolveGraph(net.build(net.dense('answer', pooled, { outChannels: 1 }))),
		batch
	);
	const random = randomNumbers(seed);
	for (const { values } of program.parameters) values.forEach((_, i) => (values[i] = random() * 2 - 0.8));
	return program;
}

describe('program.backward(gradient)', () => {
	for (const [name, middle] of Object.entries(middles)) {
		it(`leads back through ${name} what a small change of each weight does to the loss`, () => {
			fc.assert(
				fc.property(fc.integer(), (seed) => {
					const program = programOf(middle, `${seed}`);
					const random = randomNumbers(`${seed} pictures`);
					const pictures = Float64Array.from({ length: batch * 60 }, () => random() * 2 - 1);
					const labels = Uint8Array.from({ length: batch }, () => Math.round(random()));
					const lossOf = () => judge(program.forward(pictures, { isTraining: true }), labels);
					program.backward(lossOf().gradient);
					for (const { isLearned, values, gradient } of program.parameters) {
						if (!isLearned) continue;
						const i = Math.floor(random() * values.length);
						const kept = values[i]!;
						const found = gradient[i]!;
						const by = (change: number) => {
							values[i] = kept + change;
							return lossOf().loss;
						};
						const [wide, narrow] = [1e-4, 1e-5].map((h) => (by(h) - by(-h)) / (2 * h));
						values[i] = kept;
						// Across a kink, of ReLU or of the largest of some, there is no gradient to compare with.
						if (Math.abs(wide! - narrow!) > 1e-6 * (1 + Math.abs(narrow!))) continue;
						expect(found).toBeCloseTo(narrow!, 5);
					}
				}),
				{ numRuns: 20 }
			);
		});
	}

	it('starts anew with each batch', () => {
		const program = programOf(middles['standard']!, '1');
		const pictures = new Float64Array(batch * 60).fill(0.5);
		const once = () => {
			program.backward(
				judge(program.forward(pictures, { isTraining: true }), new Uint8Array(batch)).gradient
			);
			return program.parameters.map(({ gradient }) => gradient.slice());
		};
		expect(once()).toEqual(once());
	});
});

describe('program.forward(pictures, { isTraining: false })', () => {
	it('takes the moving statistics, so that a picture gives the same beside any others', () => {
		const program = programOf(middles['batchNorm']!, '5');
		program.parameter('m', 'variance').values.fill(2);
		const random = randomNumbers('pictures');
		const pictures = Float64Array.from({ length: batch * 60 }, () => random());
		const together = program.forward(pictures, { isTraining: false }).slice();
		const alone = program.forward(pictures.slice(0, 60), { isTraining: false })[0];
		expect(alone).toBe(together[0]);
	});
});

describe('new Program(net, batch)', () => {
	it('refuses an operator whose gradient is not known here, and names it', () => {
		const net = new GraphBuilder('', [4, 4, 2]);
		const graph = resolveGraph(net.build(net.op('gelu', 'g', net.input, {})));
		expect(() => new Program(graph, 1)).toThrow(UntrainableError);
		expect(() => new Program(graph, 1)).toThrow(/g: no gradient of gelu/);
	});
});
