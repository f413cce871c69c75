import { describe, expect, it } from 'vitest';
import {
	KnobError,
	layerRows,
	networkById,
	networkIds,
	networks,
	resolveGraph,
	type KnobValue,
	type NetworkId,
	type ResolvedGraph
} from '$lib/nets';

/* What implementations get wrong most often, and the papers say (or their authors' code does). */

function resolved(id: NetworkId, knobs: Record<string, KnobValue> = {}): ResolvedGraph {
	return resolveGraph(networkById(id).build(knobs));
}

function node(graph: ResolvedGraph, id: string) {
	const found = graph.byId.get(id);
	if (!found) throw new Error(`there is no ${id} in ${graph.graph.name}`);
	return found;
}

/** Ids that a node reads. */
const reads = (graph: ResolvedGraph, id: string) => node(graph, id).inputs.map(({ ref }) => ref);

/** Operators that read a node. */
const readBy = (graph: ResolvedGraph, id: string) =>
	node(graph, id).outputs.flatMap(({ consumers }) => consumers.map(({ op }) => op));

const convolutions = (graph: ResolvedGraph) => layerRows(graph).filter(({ op }) => op === 'conv2d');

describe('SqueezeNet', () => {
	it.each([
		['1.0', ['relu_conv1', 'fire4/concat', 'fire8/concat'], [111, 55, 27, 13]],
		['1.1', ['relu_conv1', 'fire3/concat', 'fire5/concat'], [113, 56, 28, 14]]
	] as const)('v%s pools after %j: sides %j', (version, before, sides) => {
		const graph = resolved('squeezenet', { version });
		const pools = graph.nodes.filter(({ op }) => op === 'maxPool');
		expect(pools.map(({ inputs }) => inputs[0]?.ref)).toEqual(before);
		expect([node(graph, 'conv1'), ...pools].map(({ outputs }) => outputs[0]?.shape[0])).toEqual(sides);
	});

	it('has a bias in every convolution, ReLU after each, conv10 too, and no batch norm', () => {
		const graph = resolved('squeezenet');
		for (const { id, params } of convolutions(graph)) {
			expect(params.biases).toBeGreaterThan(0);
			expect(readBy(graph, id)).toEqual(['relu']);
		}
		expect(graph.nodes.filter(({ op }) => op === 'batchNorm')).toEqual([]);
	});

	it('expands from the squeezed, and concatenates 1×1 first', () => {
		const graph = resolved('squeezenet');
		expect(reads(graph, 'fire5/expand1x1')).toEqual(['fire5/relu_squeeze1x1']);
		expect(reads(graph, 'fire5/expand3x3')).toEqual(['fire5/relu_squeeze1x1']);
		expect(reads(graph, 'fire5/concat')).toEqual(['fire5/relu_expand1x1', 'fire5/relu_expand3x3']);
	});

	it('bypasses fire3, 5, 7, 9 simply, and fire2, 4, 6, 8 by a convolution with bias in the complex way', () => {
		const added = (bypass: string) =>
			resolved('squeezenet', { bypass })
				.nodes.filter(({ op }) => op === 'add')
				.map(({ id, inputs }) => [id, inputs[1]?.ref]);
		expect(added('none')).toEqual([]);
		expect(added('simple')).toEqual([
			['fire3/add', 'fire2/concat'],
			['fire5/add', 'pool4'],
			['fire7/add', 'fire6/concat'],
			['fire9/add', 'pool8']
		]);
		expect(added('complex').map(([id, around]) => `${id} ${around}`)).toEqual([
			'fire2/add fire2/bypass1x1',
			'fire3/add fire2/add',
			'fire4/add fire4/bypass1x1',
			'fire5/add pool4',
			'fire6/add fire6/bypass1x1',
			'fire7/add fire6/add',
			'fire8/add fire8/bypass1x1',
			'fire9/add pool8'
		]);
		const rows = layerRows(resolved('squeezenet', { bypass: 'complex' }));
		expect(rows.find(({ id }) => id === 'fire2/bypass1x1')?.params.biases).toBe(128);
	});
});

describe('MobileNet', () => {
	const graph = resolved('mobilenet');

	it('strides its depthwise steps 1,2,1,2,1,2,1,1,1,1,1,2,1', () => {
		const strides = layerRows(graph)
			.filter(({ kind }) => kind === 'depthwise')
			.map(({ stride }) => stride?.[0]);
		expect(strides).toEqual([1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]);
	});

	it('has batch norm and ReLU after both steps, and a bias in the classifier only', () => {
		for (const { id, params } of convolutions(graph)) {
			if (id === 'conv_preds') expect(params.biases).toBe(1000);
			else {
				expect(params.biases).toBe(0);
				expect(reads(graph, `${id}_bn`)).toEqual([id]);
				expect(reads(graph, `${id}_relu`)).toEqual([`${id}_bn`]);
			}
		}
	});

	it('scales conv1 by α too, and not the classes; ρ changes the input only', () => {
		const scaled = resolved('mobilenet', { alpha: 0.5, resolution: 160 });
		expect(node(scaled, 'conv1').outputs[0]?.shape).toEqual([80, 80, 16]);
		expect(scaled.output.shape).toEqual([1, 1, 1000]);
	});
});

describe('ShuffleNet', () => {
	const graph = resolved('shufflenet');

	it('groups every pointwise convolution but the very first', () => {
		const groups = new Map(layerRows(graph).map((row) => [row.id, row.groups]));
		for (const [id, count] of groups) {
			if (/gconv[12]$/.test(id)) expect([id, count]).toEqual([id, id === 'stage2/unit1/gconv1' ? 1 : 3]);
		}
	});

	it('has no ReLU after the depthwise step, and shuffles before it', () => {
		expect(readBy(graph, 'stage3/unit2/dwconv_bn')).toEqual(['conv2d']);
		expect(reads(graph, 'stage3/unit2/dwconv')).toEqual(['stage3/unit2/shuffle']);
		expect(reads(graph, 'stage3/unit2/shuffle')).toEqual(['stage3/unit2/gconv1_relu']);
	});

	it('concatenates an average pool where it halves the size, and adds elsewhere', () => {
		expect(reads(graph, 'stage3/unit1/concat')).toEqual(['stage3/unit1/gconv2_bn', 'stage3/unit1/avgpool']);
		expect(node(graph, 'stage3/unit1/gconv2').outputs[0]?.shape).toEqual([14, 14, 480 - 240]);
		expect(reads(graph, 'stage3/unit2/add')).toEqual(['stage3/unit2/gconv2_bn', 'stage3/unit1/relu']);
	});

	it('squeezes to a quarter of the stage, where it halves the size too; 4, 8 and 4 units', () => {
		const widths = layerRows(graph)
			.filter(({ id }) => id.endsWith('/dwconv'))
			.map(({ output }) => output[2]);
		expect(widths).toEqual([...Array(4).fill(60), ...Array(8).fill(120), ...Array(4).fill(240)]);
	});

	it('has no convolution between the last unit and the classifier', () => {
		expect(reads(graph, 'global_pool')).toEqual(['stage4/unit4/relu']);
		expect(reads(graph, 'fc')).toEqual(['global_pool']);
	});

	// Authors' code (megvii-model/ShuffleNet-Series, ShuffleNetV1/network.py).
	it.each([
		[3, 0.5, 12],
		[3, 1, 24],
		[3, 1.5, 24],
		[3, 2, 48],
		[8, 0.5, 16],
		[8, 1, 24],
		[8, 1.5, 24],
		[8, 2, 48]
	])('g = %d at %d×: conv1 has %d channels', (groups, scale, channels) => {
		expect(node(resolved('shufflenet', { groups, scale }), 'conv1').outputs[0]?.shape[2]).toBe(channels);
	});

	it('refuses widths that do not divide, unless they may be rounded up', () => {
		expect(() => networks.shufflenet.build({ groups: 2, scale: 0.5 })).toThrow(KnobError);
		expect(
			node(resolved('shufflenet', { groups: 2, scale: 0.5, rounding: 'up' }), 'stage2/unit1/relu').outputs[0]
				?.shape[2]
		).toBe(104);
	});
});

describe('Xception', () => {
	const graph = resolved('xception');

	it('goes 299 → 149, 147, 74, 37, 19, 10', () => {
		const sides = [
			'block1_conv1',
			'block1_conv2',
			'block2_add',
			'block3_add',
			'block4_add',
			'block13_add'
		].map((id) => node(graph, id).outputs[0]?.shape[0]);
		expect(sides).toEqual([149, 147, 74, 37, 19, 10]);
	});

	it('has nothing between depthwise and pointwise, and one batch norm after the pair', () => {
		expect(reads(graph, 'block5_sepconv1_pw')).toEqual(['block5_sepconv1_dw']);
		expect(readBy(graph, 'block5_sepconv1_pw')).toEqual(['batchNorm']);
	});

	it('begins block 2 without ReLU, and shortcuts read what is not activated', () => {
		expect(reads(graph, 'block2_sepconv1_dw')).toEqual(['block1_conv2_act']);
		expect(reads(graph, 'block3_shortcut')).toEqual(['block2_add']);
		expect(reads(graph, 'block3_sepconv1_act')).toEqual(['block2_add']);
		expect(reads(graph, 'block13_shortcut')).toEqual(['block12_add']);
	});

	it('has 36 layers, the four shortcuts left out, and goes 728 → 728 → 1024 in block 13', () => {
		const layers = convolutions(graph).filter(({ id }) => !id.endsWith('_dw') && !id.endsWith('_shortcut'));
		expect(layers).toHaveLength(36);
		expect(convolutions(graph).filter(({ id }) => id.endsWith('_shortcut'))).toHaveLength(4);
		const widths = ['block13_sepconv1_pw', 'block13_sepconv2_pw'].map(
			(id) => node(graph, id).outputs[0]?.shape[2]
		);
		expect(widths).toEqual([728, 1024]);
	});
});

describe('small versions for pictures of 32×32', () => {
	// Sides of the last feature map before the classifier.
	it.each<[NetworkId, Record<string, KnobValue>, string, number]>([
		['squeezenet', { version: '1.1', width: 0.5, batchNorm: true }, 'relu_conv10', 7],
		['mobilenet', { alpha: 0.25, firstStride: 1 }, 'conv_pw_13_relu', 4],
		['shufflenet', { scale: 0.5 }, 'stage4/unit4/relu', 4],
		['xception', { width: 0.1, repeats: 2 }, 'block8_sepconv2_act', 4]
	])('%s %o ends at %s, %d pixels wide', (id, knobs, last, side) => {
		const firstPool = 'firstPool' in networks[id].knobs ? { firstPool: false } : {};
		const graph = resolved(id, { resolution: 32, classes: 10, stemStride: 1, ...firstPool, ...knobs });
		expect(node(graph, last).outputs[0]?.shape[0]).toBe(side);
		expect(graph.output.shape).toEqual([1, 1, 10]);
	});
});

describe('every network', () => {
	it.each(networkIds)('%s describes its blocks, and where it classifies', (id) => {
		const graph = networkById(id).build();
		expect(graph.blocks).not.toEqual([]);
		const isModule = id === 'fire-module' || id === 'shuffle-unit';
		expect(graph.blocks.some(({ kind }) => kind === 'classifier')).toBe(!isModule);
	});
});
