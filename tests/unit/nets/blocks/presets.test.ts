import { describe, expect, it } from 'vitest';
import { graphCost, resolveGraph, type Graph } from '$lib/nets';
import {
	blockMixing,
	buildBlock,
	buildNetwork,
	knownCosts,
	presetIds,
	presets,
	stackKnobs
} from '$lib/nets/blocks';
import { defaultKnobs } from '$lib/nets/knobs';
import { mobilenet } from '$lib/nets/networks/mobilenet';
import { mobilenetV2 } from '$lib/nets/networks/mobilenetV2';
import { shuffleUnitModule } from '$lib/nets/networks/shufflenet';
import { shufflenetV2 } from '$lib/nets/networks/shufflenetV2';
import { fireModule } from '$lib/nets/networks/squeezenet';
import { xception } from '$lib/nets/networks/xception';
import { resnet18 } from '$lib/nets/networks/resnet';
import { pathsOf, subgraph } from '$lib/nets/transforms';

const costOf = (graph: Graph) => {
	const { params, macs } = graphCost(resolveGraph(graph)).total;
	return { params, macs };
};
/** A block of a network by itself. */
const cut = (graph: Graph, path: string) =>
	subgraph(resolveGraph(graph), ({ node }) => node.block !== undefined && pathsOf(node.block).includes(path));
const own = (id: keyof typeof presets, size: number, inChannels: number, outChannels = inChannels) => {
	const { net } = buildBlock(id, presets[id].spec, { size, inChannels, outChannels });
	return costOf(net.graph);
};

describe('presets', () => {
	it('fire has the parameters and MACs of fire2 of SqueezeNet', () => {
		expect(own('fire', 55, 96, 128)).toEqual(costOf(fireModule.build()));
	});

	it('separable has those of MobileNet’s fourth and last block', () => {
		const net = mobilenet.build();
		expect(own('separable', 56, 128)).toEqual(costOf(cut(net, 'separable3')));
		expect(own('separable', 7, 1024)).toEqual(costOf(cut(net, 'separable13')));
	});

	it('shuffle-unit has those of the ShuffleNet unit', () => {
		const knobs = { groups: 3, channels: 240, units: 1, resolution: 28 };
		expect(own('shuffle-unit', 28, 240)).toEqual(costOf(shuffleUnitModule.build(knobs)));
	});

	it('xception-middle has those of Xception’s block 5', () => {
		expect(own('xception-middle', 19, 728)).toEqual(costOf(cut(xception.build(), 'block5')));
	});

	it('residual, inverted-residual and shuffle-v2 have those of their networks', () => {
		expect(own('residual', 56, 64)).toEqual(costOf(cut(resnet18.build(), 'layer1/0')));
		expect(own('inverted-residual', 28, 32)).toEqual(costOf(cut(mobilenetV2.build(), 'block5')));
		expect(own('shuffle-v2', 28, 116)).toEqual(costOf(cut(shufflenetV2.build(), 'stage2/unit2')));
	});

	it.each(presetIds)('%s can be stacked into a network', (id) => {
		const net = resolveGraph(buildNetwork('own', presets[id].spec, defaultKnobs(stackKnobs)));
		expect(net.output.shape).toEqual([1, 1, 1000]);
		expect(net.byId.get('global_pool')!.inputs[0]!.shape.slice(0, 2)).toEqual([7, 7]);
	});
});

describe('knownCosts(size)', () => {
	it('counts the standard block and the four, each at this size', () => {
		const size = { size: 28, inChannels: 240, outChannels: 240 };
		const known = knownCosts(size);
		expect(known.map(({ id }) => id)).toEqual([
			'standard',
			'fire',
			'separable',
			'shuffle-unit',
			'xception-middle'
		]);
		expect(known[0]!.cost!.macs).toBe(28 * 28 * 9 * 240 * 240);
		expect(known[3]).toMatchObject({ groups: 3 });
	});

	it('says which cannot have these channels, and gives ShuffleNet the groups that divide', () => {
		const known = knownCosts({ size: 28, inChannels: 100, outChannels: 100 });
		expect(known.find(({ id }) => id === 'fire')!.cost).toBeNull();
		expect(known.find(({ id }) => id === 'shuffle-unit')!.groups).toBe(1);
		expect(known.find(({ id }) => id === 'separable')!.cost).not.toBeNull();
	});
});

describe('blockMixing(spec, size)', () => {
	const size = { size: 28, inChannels: 240, outChannels: 240 };

	it('separable, fire and ShuffleNet units let all channels meet in one block', () => {
		for (const id of ['separable', 'fire', 'shuffle-unit', 'xception-middle'] as const)
			expect(blockMixing(presets[id].spec, size)).toMatchObject({ blocks: 1, seen: [240, 240] });
	});

	it('a ShuffleNet unit without its shuffle keeps its three groups apart for ever', () => {
		expect(blockMixing(presets.unshuffled.spec, size)).toEqual({
			total: 240,
			seen: [80, 80],
			blocks: null,
			apart: 3
		});
	});

	it('a depthwise convolution alone lets no channel meet another', () => {
		const depthwise = [{ op: 'depthwise', kernel: 3, stride: 1 }] as const;
		expect(blockMixing(depthwise, size)).toMatchObject({ blocks: null, apart: 240, seen: [1, 1] });
	});

	it('a shuffle at the end shows in the second block', () => {
		const group = { op: 'group', kernel: 1, groups: 3, share: '1', stride: 1 } as const;
		const late = [group, { op: 'shuffle', groups: 3 }] as const;
		expect(blockMixing(late, size)).toMatchObject({ blocks: 2, seen: [80, 80] });
	});
});
