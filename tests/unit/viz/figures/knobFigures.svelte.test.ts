import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { BlockedFlow } from '$lib/viz/figures/blockedFlow/blockedFlow.svelte';
import { Compression } from '$lib/viz/figures/compression/compression.svelte';
import { EqualCost } from '$lib/viz/figures/equalCost/equalCost.svelte';
import { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import { Fire } from '$lib/viz/figures/fire/fire.svelte';
import { squeezenetModules } from '$lib/viz/figures/fire/modules';
import { FireSteps } from '$lib/viz/figures/fireSteps/fireSteps.svelte';
import { GroupWidthsState } from '$lib/viz/figures/groupWidths/groupWidths.svelte';
import { InceptionMorph } from '$lib/viz/figures/inceptionMorph/inceptionMorph.svelte';
import { MultipliersState } from '$lib/viz/figures/multipliers/multipliers.svelte';
import { Ratio } from '$lib/viz/figures/ratio/ratio.svelte';
import { ChannelDependency } from '$lib/viz/figures/channelDependency/channelDependency.svelte';
import { UnitMorph } from '$lib/viz/figures/unitMorph/unitMorph.svelte';
import { XceptionOrder } from '$lib/viz/figures/xceptionOrder/xceptionOrder.svelte';

describe('FigureKnobs', () => {
	const table = {
		filters: { kind: 'number', min: 1, max: 64, step: 1, default: 3, whole: true },
		kernel: { kind: 'number', min: 1, max: 7, step: 1, default: 3, whole: true }
	} as const;

	it('writes what is not at its default, and reads it again', () => {
		const knobs = new FigureKnobs(table, { filters: 8 });
		expect(knobs.search).toBe('?filters=8');
		knobs.set({ kernel: 5 });
		expect([knobs.values, knobs.search]).toEqual([{ filters: 8, kernel: 5 }, '?filters=8&kernel=5']);
		knobs.read('?kernel=7');
		expect(knobs.values).toEqual({ filters: 3, kernel: 7 });
	});

	it('takes from a phrase what it names, and leaves the rest', () => {
		const knobs = new FigureKnobs(table, { filters: 8 });
		knobs.readPhrase('?kernel=1');
		expect(knobs.values).toEqual({ filters: 8, kernel: 1 });
	});

	it('tells what follows from it of a change, once', () => {
		const ratio = new Ratio();
		const seen: number[] = [];
		const end = $effect.root(() => {
			$effect(() => void seen.push(ratio.saving));
		});
		flushSync();
		ratio.knobs.set({ filters: 3 });
		flushSync();
		ratio.knobs.set({ filters: 9, kernel: 3 });
		flushSync();
		end();
		ratio.knobs.set({ filters: 1 });
		flushSync();
		// 1 / (1/3 + 1/9), and 1 / (1/9 + 1/9).
		expect(seen).toEqual([2.25, 4.5]);
	});
});

it('Ratio: the saving is what is counted', () => {
	const ratio = new Ratio({ filters: 256, kernel: 3 });
	const { standard, depthwise, pointwise } = ratio.macs;
	expect(standard / (depthwise + pointwise)).toBeCloseTo(ratio.saving, 12);
});

describe('Fire', () => {
	it('takes the expands along with the squeeze while they are locked, and lets them go', () => {
		const fire = new Fire();
		fire.set({ s1: 32 });
		expect(fire.module).toMatchObject({ s1: 32, e1: 128, e3: 128 });
		fire.lock(false);
		fire.set({ e3: 5 });
		expect([fire.isLocked, fire.module.s1, fire.module.e1, fire.module.e3]).toEqual([false, 32, 128, 5]);
	});

	it('shows a module of SqueezeNet, and knows it', () => {
		const fire = new Fire();
		const modules = squeezenetModules();
		for (const { module } of modules) {
			fire.show(module);
			expect(modules.filter((of) => fire.isShown(of.module)).map((of) => of.module)).toEqual([module]);
		}
	});
});

describe('InceptionMorph', () => {
	it('has 252 parameters in the 3×3 convolutions of the extreme, and cuts where segments are seen', () => {
		const morph = new InceptionMorph();
		morph.show('extreme');
		expect(morph.segments).toBe(12);
		morph.cut(11);
		expect([morph.stage, morph.segments]).toEqual(['segments', 11]);
		morph.show('inception');
		morph.cut(4);
		expect([morph.stage, morph.segments]).toEqual(['simplified', 4]);
		expect(morph.costs.map(({ stage }) => stage)).toContain(morph.stage);
	});
});

it('UnitMorph: the stage is shown, and all three cost what they cost by themselves', () => {
	const unit = new UnitMorph({ groups: 3 });
	const [bottleneck, grouped] = unit.costs;
	unit.show('strided');
	expect(unit.knobs.search).toBe('?stage=strided');
	expect(unit.tensors.output.shape).toEqual([14, 14, 96]);
	expect(grouped!.macs.first).toBe(bottleneck!.macs.first / 3);
});

it('EqualCost: the widest of each costs no more than the ResNet unit', () => {
	const equal = new EqualCost();
	const [resnet, ...others] = equal.units;
	expect(resnet).toMatchObject({ unit: 'resnet', widest: equal.channels });
	for (const { widest } of others) expect(widest).toBeGreaterThan(equal.channels);
	equal.knobs.set({ groups: 1 });
	expect(equal.units.at(-1)!.widest).toBeLessThan(others.at(-1)!.widest);
});

it('GroupWidthsState: other scales have other rows', () => {
	const widths = new GroupWidthsState();
	const errors = () => widths.rows.map(({ error }) => error);
	const whole = errors();
	widths.knobs.set({ scale: 0.25 });
	expect(Math.min(...errors())).toBeGreaterThan(Math.max(...whole));
});

describe('MultipliersState', () => {
	it('has α²ρ² of the MACs and α² of the parameters as the law, and what is printed', () => {
		const state = new MultipliersState();
		expect([state.law, state.accuracy?.accuracy]).toEqual([{ macs: 1, params: 1 }, '70.6']);
		state.show({ alpha: 0.5, resolution: 160 });
		expect(state.law.macs).toBeCloseTo(0.25 * (160 / 224) ** 2, 12);
		expect(state.law.params).toBe(0.25);
		expect(state.now.macs).toBe(76_524_800);
		expect(state.accuracy?.table).toBeDefined();
	});

	it('keeps what it has where a variant is not among its choices', () => {
		const state = new MultipliersState({ alpha: 0.75 });
		state.show({ alpha: 0.123, resolution: 96 });
		expect([state.alpha, state.resolution, state.accuracy]).toEqual([0.75, 96, null]);
	});
});

it('ChannelDependency: other layers stand beside it, or other numbers of groups', () => {
	const dependency = new ChannelDependency();
	expect(dependency.rows.map(({ layer, isShown }) => [layer, isShown])).toEqual([
		['depthwise', true],
		['separable', false],
		['standard', false]
	]);
	dependency.knobs.set({ layer: 'group', groups: 3 });
	expect(dependency.rows.map(({ groups, isShown }) => [groups, isShown])).toEqual([
		[1, false],
		[2, false],
		[3, true],
		[6, false]
	]);
});

it('BlockedFlow: the graph has as many layers, and the way of mixing stands in the address', () => {
	const flow = new BlockedFlow({ layers: 3 });
	const convolutions = () => flow.graph.nodes.filter(({ op }) => op === 'conv2d').length;
	expect(convolutions()).toBe(3);
	flow.mix = 'noShuffle';
	expect([flow.mix, flow.knobs.search]).toEqual(['noShuffle', '?layers=3&mix=noShuffle']);
});

it('Compression: as many weights are left as are not pruned, on as many values as the code has', () => {
	const values = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
	const compression = new Compression({ values, shape: [1, 1, 10, 100] } as never);
	const left = () => compression.values.filter((value) => value !== 0);
	compression.knobs.set({ prune: 70, bits: 2 });
	expect(left()).toHaveLength(300);
	expect(new Set(left()).size).toBeLessThanOrEqual(4);
	compression.knobs.set({ prune: 0, bits: 8 });
	expect(left().length).toBeGreaterThan(990);
});

describe('FireSteps', () => {
	it('goes to a stage and a step that a phrase names, and keeps the place where it names knobs only', () => {
		const fire = new FireSteps();
		fire.read('?at=expand3x3&step=2');
		const { current } = fire.steps;
		expect(current.stage.id).toBe('fire/expand3x3');
		const before = fire.steps.player.step;
		fire.read('?s1=1');
		expect([fire.knobs.search, fire.steps.player.step]).toEqual(['?s1=1', before]);
	});

	it('has the same step at the other grain, and copies channel by channel at the end', () => {
		const { steps } = new FireSteps();
		steps.goTo('fire/squeeze1x1', 3);
		steps.setGranularity('multiply');
		expect(steps.current).toMatchObject({ kind: 'arithmetic', step: { output: { y: 0, x: 2, channel: 0 } } });
		steps.setGranularity('value');
		expect(steps.player.step).toBe(2);
		steps.player.end();
		expect(steps.current).toMatchObject({ kind: 'copy', channel: 3 });
		steps.setGranularity('multiply');
		expect(steps.current).toMatchObject({ kind: 'copy', channel: 3 });
	});

	it('goes to where a value is finished, at either grain', () => {
		const { steps } = new FireSteps();
		const stage = steps.graph.stages.find(({ id }) => id === 'fire/expand3x3')!;
		for (const granularity of ['value', 'multiply'] as const) {
			steps.setGranularity(granularity);
			steps.goToCell(stage.output, { y: 2, x: 1, channel: 1 });
			expect(steps.current).toMatchObject({
				stage: { id: stage.id },
				step: { output: { y: 2, x: 1, channel: 1 } }
			});
		}
		const before = steps.player.step;
		steps.goTo('nowhere', 1);
		steps.goToCell(99, { y: 0, x: 0, channel: 0 });
		expect(steps.player.step).toBe(before);
	});
});

it('XceptionOrder: the ReLU changes outputs, the order what it costs, and a phrase goes to a step of a layer', () => {
	const order = new XceptionOrder();
	expect(order.facts.map(({ order }) => order)).toEqual(['pointwiseFirst', 'depthwiseFirst']);
	const [first, second] = order.facts;
	expect(first!.macs).not.toBe(second!.macs);
	expect(order.effect.changed).toBeGreaterThan(0);
	const before = order.effect;
	order.read('?order=depthwiseFirst&relu=false');
	expect(order.effect).not.toEqual(before);
	order.read('?at=depthwise&step=3');
	expect(order.steps.current.stage.id).toBe('depthwise');
	expect(order.knobs.values.relu).toBe(false);
});
