import { describe, expect, it } from 'vitest';
import { graphCost, resolveGraph, type Graph } from '$lib/nets';
import {
	buildBlock,
	buildNetwork,
	presetIds,
	presets,
	readBlock,
	stackKnobs,
	type PresetId
} from '$lib/nets/blocks';
import { GraphBuilder } from '$lib/nets/builder';
import { defaultKnobs } from '$lib/nets/knobs';
import { networks } from '$lib/nets/networks';
import { programOf } from '$lib/viz/code/program';
import { writeKerasNetwork } from '$lib/viz/code/kerasNetwork';
import { writePytorchNetwork } from '$lib/viz/code/pytorchNetwork';
import { formatCount } from '$lib/viz/words/format';

const writers = { pytorch: writePytorchNetwork, keras: writeKerasNetwork };
type Framework = keyof typeof writers;

/** Small, so that a golden file can be read and run at once. */
const knobs = {
	...defaultKnobs(stackKnobs),
	resolution: 64,
	repeats1: 2,
	repeats2: 3,
	repeats3: 1,
	width1: 48,
	width2: 96,
	width3: 192,
	classes: 10
};
const stacked = (id: PresetId, down: 'stride' | 'pool' = 'stride') =>
	resolveGraph(buildNetwork(id, presets[id].spec, { ...knobs, down }));

const golden = {
	...Object.fromEntries(presetIds.map((id) => [`own-${id}`, stacked(id)])),
	'own-fire-pool': stacked('fire', 'pool'),
	'own-block': buildBlock(
		'block',
		readBlock('1.avg3.sadd(gc5g2x1/2_max3.pwx1/2).bn.cat(_dw5.std7x1/2.relu).sh3'),
		{ size: 12, inChannels: 12, outChannels: 12 }
	).net,
	rare: resolveGraph(rare())
};

/** What blocks don't have: Run with PyTorch 1.13, as were 1,500 random networks of such operators. */
function rare(): Graph {
	const net = new GraphBuilder('Rare', [9, 9, 8]);
	const strided = net.conv2d('strided', net.input, {
		outChannels: 8,
		kernelSize: 3,
		stride: 2,
		dilation: 2,
		padding: 'same'
	});
	const norm = net.op('localResponseNorm', 'norm', strided, {});
	const up = net.op('transposedConv2d', 'up', norm, {
		outChannels: 8,
		kernelSize: 3,
		stride: 2,
		groups: 2,
		padding: 1
	});
	const more = net.op('transposedConv2d', 'more', up, {
		outChannels: 4,
		kernelSize: 2,
		stride: 3,
		dilation: 2,
		padding: { top: 2, bottom: 0, left: 1, right: 1 },
		outputPadding: 1
	});
	const most = net.maxPool('most', more, {
		kernelSize: 3,
		stride: 2,
		padding: { top: 0, bottom: 1, left: 2, right: 0 }
	});
	const average = net.avgPool('average', most, { kernelSize: [2, 3], stride: 2, padding: 1, ceil: true });
	const counted = net.avgPool('counted', average, {
		kernelSize: 3,
		stride: 1,
		padding: { top: 2, bottom: 0, left: 1, right: 1 },
		countPadding: true
	});
	net.op('split', 'halves', counted, { sizes: [1, 3] });
	const joined = net.concat('joined', ['halves:1', net.op('gelu', 'gelu', 'halves:0', {})]);
	return net.build(net.dense('dense', net.dropout('dropout', joined, 0.2), { outChannels: 3 }));
}

describe('writePytorchNetwork(net) and writeKerasNetwork(net)', () => {
	it.each(Object.keys(golden).flatMap((name) => [[name, 'pytorch'] as const, [name, 'keras'] as const]))(
		'%s in %s',
		async (name, framework) => {
			const text = writers[framework](golden[name as keyof typeof golden]);
			await expect(text).toMatchFileSnapshot(`code/${name}.${framework}.py`);
		}
	);

	const families = [
		'mobilenet',
		'shufflenet',
		'resnet50',
		'mobilenet-v2',
		'mobilenet-v3-small',
		'shufflenet-v2'
	] as const;
	it.each(families)('%s: every node is written, a unit once however often it stands there', (id) => {
		const net = resolveGraph(networks[id].build());
		const { units, lines } = programOf(net);
		const inUnits = lines.map((line) => (line.kind === 'call' ? line.count * line.unit.lines.length : 1));
		expect(inUnits.reduce((sum, count) => sum + count, 0)).toBe(net.nodes.length);
		const signatures = units.map(({ lines: own }) =>
			JSON.stringify(own.map(({ node, reads }) => [node.op, node.geometry, reads]))
		);
		expect(new Set(signatures).size).toBe(units.length);
	});

	it('units that are alike and stand beside each other are no series, and those of a series are one', () => {
		const net = new GraphBuilder('Twins', [8, 8, 4]);
		const unit = (path: string, from: string) =>
			net.block(path, 'standard', () =>
				net.conv2d(`${path}/conv`, from, { kernelSize: 3, outChannels: 4, padding: 1 })
			);
		// The second is the last that reads the input, and takes its name.
		const [one, two] = [unit('one', net.input), unit('two', net.input)];
		const calls = programOf(resolveGraph(net.build(unit('four', unit('three', net.add('sum', [one, two]))))))
			.lines.filter((line) => line.kind === 'call')
			.map(({ reads, sets, count }) => `${sets} = ${reads} × ${count}`);
		expect(calls).toEqual(['a = x × 1', 'x = x × 1', 'x = x × 2']);
	});

	it('Keras repeats rows and columns by a layer of its own, as it has them from a file', () => {
		const net = new GraphBuilder('Up', [4, 6, 2]);
		const coordinates = { coordinates: 'asymmetric', round: 'floor' };
		const resized = (size: readonly [number, number]) =>
			writeKerasNetwork(
				resolveGraph(net.build(net.op('resizeNearest', `to${size[0]}`, net.input, { size, ...coordinates })))
			);
		expect(resized([8, 18])).toContain('layers.UpSampling2D((2, 3))');
		expect(() => resized([7, 18])).toThrow('no program is written for asymmetric resizing');
	});

	it.each(['pytorch', 'keras'] as Framework[])('%s says the parameters that the graph has', (framework) => {
		const net = stacked('shuffle-unit');
		const params = formatCount(graphCost(net).total.params.trainable);
		expect(writers[framework](net)).toContain(`# ${params} parameters`);
	});
});
