import { describe, expect, it } from 'vitest';
import { networkById, networkIds, resolveGraph } from '$lib/nets';
import { ChannelFlowState, modesOf, type FlowMode } from '$lib/viz/channelFlow/channelFlow.svelte';
import { NetworkState } from '$lib/viz/figures/network/network.svelte';

function networkAt(id: string, search = '') {
	const state = new NetworkState(networkById(id));
	state.read(search);
	return state;
}

describe('NetworkState', () => {
	it.each([
		['squeezenet', 1_248_424, 832_667_936],
		['mobilenet', 4_231_976, 568_740_352],
		['xception', 22_855_952, 8_357_403_496],
		['shufflenet', 1_865_728, 137_460_672]
	])('%s has %i parameters and %i MACs', (id, params, macs) => {
		const { totals, search } = networkAt(id);
		expect([totals, search]).toEqual([{ params, macs }, '']);
	});

	it.each(networkIds)('%s: all blocks can be opened, which an address keeps', (id) => {
		const state = networkAt(id);
		state.openAll();
		expect(state.open.length).toBe(state.blockPaths.size);
		const again = networkAt(id, state.search);
		expect([again.ignored, [...again.open].sort()]).toEqual([[], [...state.open].sort()]);
		state.closeAll();
		expect(state.search).toBe('');
	});

	it('keeps the last graph where knobs do not fit, and says why', () => {
		const state = networkAt('shufflenet', '?groups=8');
		const { graph } = state;
		state.setKnobs({ scale: 0.3 });
		expect(state.problem?.message).toContain('8');
		expect([state.graph, state.knobs['scale']]).toEqual([graph, 0.3]);
		state.setKnobs({ scale: 1 / 3 });
		expect(state.problem).toBeNull();
		expect(state.graph).not.toBe(graph);
	});

	it('leaves out what an address cannot mean, and lists it', () => {
		const state = networkAt(
			'mobilenet',
			'?alpha=99&nonsense=1&open=fire2&at=nowhere&flow=gone&resolution=160&mix=stirred'
		);
		expect(state.ignored.map(({ name, value }) => `${name}=${value}`).sort()).toEqual([
			'alpha=99',
			'at=nowhere',
			'flow=gone',
			'mix=stirred',
			'nonsense=1',
			'open=fire2'
		]);
		expect([state.totals.macs, state.search]).toEqual([290_675_200, '?resolution=160']);
	});

	it('takes the selection along to a block that is closed around it', () => {
		const state = networkAt('mobilenet', '?open=separable2&at=conv_dw_2');
		expect(state.selected).toBe('conv_dw_2');
		state.toggle('separable2');
		expect([state.open, state.search]).toEqual([[], '?at=separable2/']);
		state.reveal('conv_dw_3');
		expect(state.open).toEqual(['separable3']);
		state.reveal('conv_dw_3');
		expect(state.open).toEqual(['separable3']);
	});

	it('opens and closes what repeats as one, keeps that in the address, and takes the selection along', () => {
		const state = networkAt('xception', '?at=block7_sepconv1_pw');
		expect(state.closedAround('block7_sepconv1_pw')).toEqual(['block5*', 'block7', 'block7/sepconv1']);
		state.toggle('block5*');
		expect([state.isOpen('block5*'), state.search]).toEqual([true, '?open=block5*&at=block7_sepconv1_pw']);
		expect(networkAt('xception', state.search).open).toEqual(['block5*']);
		state.toggle('block7');
		state.toggle('block5*');
		expect([state.isOpen('block5*'), state.open, state.selected]).toEqual([false, [], 'block5*/']);
		expect(networkAt('xception', state.search).ignored).toEqual([]);
	});

	it('keeps what repeats unfolded while one of its blocks closes', () => {
		const state = networkAt('xception', '?open=block7');
		expect(state.isOpen('block5*')).toBe(true);
		state.toggle('block7');
		expect([state.isOpen('block5*'), state.isOpen('block7')]).toEqual([true, false]);
	});

	it('shows a node among blocks that repeat each other', () => {
		const state = networkAt('xception');
		state.reveal('block7/');
		expect(state.open).toEqual(['block5*']);
		state.reveal('block7_sepconv1_pw');
		expect(state.closedAround('block7_sepconv1_pw')).toEqual([]);
	});

	it('counts as the conventions say, and zooms within its limits', () => {
		const state = networkAt('mobilenet', '?alpha=0.5&count=flops');
		expect(state.totals.macs).toBe(298_994_176);
		state.conventions = { ...state.conventions, batchNorm: 'none' };
		expect(state.totals.params).toBe(1_320_648);
		state.setZoom(1e9);
		const most = state.zoom!;
		state.setZoom(most * 2);
		expect(state.zoom).toBe(most);
		state.setZoom(null);
		expect(state.zoom).toBeNull();
	});

	it('has no knobs for a graph of the reader', () => {
		const graph = resolveGraph(networkById('fire-module').build());
		const state = new NetworkState(graph);
		state.setKnobs({ alpha: 2 });
		expect([state.network, state.table, state.graph]).toEqual([null, {}, graph]);
	});
});

describe('ChannelFlowState', () => {
	function flowOf(id: string, mode: FlowMode = 'shuffle') {
		let now = $state<FlowMode>(mode);
		const graph = networkById(id).build();
		const flow = new ChannelFlowState(
			() => graph,
			() => now
		);
		return { flow, turnTo: (next: FlowMode) => (now = next) };
	}

	it('ShuffleNet mixes in three convolutions, without shuffles not at all, pointwise in one', () => {
		const { flow } = flowOf('shuffle-unit');
		expect(flow.modes).toEqual(['shuffle', 'noShuffle', 'pointwise']);
		const [shuffle, none, pointwise] = flow.outcomes;
		expect(none!.mixing).toBeNull();
		expect(pointwise!.mixing!.layers).toBe(1);
		expect(shuffle!.mixing!.layers).toBeGreaterThan(1);
		expect(pointwise!.macs).toBeGreaterThan(shuffle!.macs);
		expect(none!.macs).toBe(shuffle!.macs);
	});

	it('has only the modes that make a difference', () => {
		expect(modesOf(networkById('fire-module').build())).toEqual(['shuffle']);
		const { flow } = flowOf('fire-module', 'noShuffle');
		expect(flow.mode).toBe('shuffle');
	});

	it('goes to the end and stays there when the graph gets longer, and back step by step', () => {
		const { flow } = flowOf('shuffle-unit');
		expect(flow.step).toBe(flow.lastStep);
		flow.step = 1;
		expect(flow.step).toBe(1);
		flow.step = -3;
		expect(flow.step).toBe(0);
		flow.step = 999;
		expect(flow.step).toBe(flow.lastStep);
	});

	it('follows the channel under the pointer, or else the one picked, which a second press lets go', () => {
		const { flow } = flowOf('shuffle-unit');
		const [a, b] = [
			{ segment: 0, channel: 1 },
			{ segment: 0, channel: 2 }
		];
		flow.pick(a);
		expect([flow.focus, flow.mask === null]).toEqual([a, false]);
		flow.point(b);
		expect(flow.focus).toEqual(b);
		flow.point(null);
		flow.pick(a);
		expect([flow.picked, flow.focus, flow.mask]).toEqual([null, null, null]);
		flow.follow({ segment: 0, channel: 1e6 });
		expect(flow.picked).toBeNull();
	});
});
