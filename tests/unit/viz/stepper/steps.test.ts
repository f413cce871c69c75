import { describe, expect, it } from 'vitest';
import { fireModule } from '$lib/nets/networks/squeezenet';
import { GraphBuilder, resolveGraph, runGraph } from '$lib/nets';
import { cellIndex } from '$lib/ops/tensor';
import { tieOfStep } from '$lib/viz/stepper/focus';
import { cellUnder, sceneOfSteps } from '$lib/viz/stepper/scene';
import {
	activated,
	countSteps,
	doneBefore,
	currentStepAt,
	positionOfStep,
	smallValues,
	stepGraph,
	stepAtPosition
} from '$lib/viz/stepper/stages';
import { effectOfRelu, factsOf, orderGraph, orderValues } from '$lib/viz/figures/xceptionOrder/layers';
import { crossed, pointsOf } from '../tensor/paths';

const titles = {
	tensors: ['Input', 'Squeezed', '1×1', '3×3', 'Output'],
	filters: ['Squeeze 1×1', 'Expand 1×1', 'Expand 3×3', 'Concat']
};
const module = fireModule.build({ s1: 2, e1: 3, e3: 2, inChannels: 4, resolution: 4 });
const values = smallValues(module, 8);
const fire = stepGraph(module, values.input, values.weights);
const pointwiseFirst = { order: 'pointwiseFirst', relu: true, filters: 3 } as const;
const depthwiseFirst = { order: 'depthwiseFirst', relu: true, filters: 3 } as const;

describe('stepGraph', () => {
	it('folds each ReLU into the convolution before it', () => {
		expect(fire.stages.map(({ id }) => id)).toEqual(
			['squeeze1x1', 'expand1x1', 'expand3x3', 'concat'].map((part) => `fire/${part}`)
		);
		expect(fire.tensors.map(({ shape }) => shape[2])).toEqual([4, 2, 3, 2, 5]);
	});
	it('ends with what the graph computes', () => {
		const resolved = resolveGraph(module);
		const all = runGraph(resolved, [values.input], values.weights);
		expect(fire.tensors.at(-1)!.data).toEqual(all[resolved.output.index]!.data);
	});
	it('follows every output channel to all channels of the input', () => {
		for (const dependency of fire.tensors.at(-1)!.dependency) expect(dependency).toEqual([0, 1, 2, 3]);
		const pair = stepGraph(
			orderGraph(depthwiseFirst),
			orderValues(depthwiseFirst).input,
			orderValues(depthwiseFirst).weights
		);
		expect(pair.tensors[1]!.dependency).toEqual([[0], [1]]);
	});
	it('refuses an operator that has no steps here', () => {
		const net = new GraphBuilder('pool', [4, 4, 1]);
		const graph = net.build(net.maxPool('pool', net.input, { kernelSize: 2 }));
		expect(() => stepGraph(graph, { shape: [4, 4, 1], data: new Float64Array(16) }, {})).toThrow(
			'pool is a maxPool'
		);
	});
});

describe.each(['value', 'multiply'] as const)('a walk through a fire module, grain %s', (granularity) => {
	it('writes every value of every tensor once, in order, and the one that is there', () => {
		const written = fire.tensors.map(() => 0);
		for (let n = 0; n < countSteps(fire, granularity); n++) {
			const current = currentStepAt(fire, n, granularity);
			const target = current.stage.output;
			const tensor = fire.tensors[target]!;
			if (current.kind === 'copy') {
				const from = current.stage.channels[current.channel]!;
				const source = fire.tensors[from.tensor]!;
				for (let i = 0; i < 16; i++) {
					expect(tensor.data[i * 5 + current.channel]).toBe(source.data[i * source.shape[2] + from.channel]);
				}
				written[target]! += 16;
				expect(doneBefore(fire, target, n, granularity)).toBe(written[target]);
				continue;
			}
			expect(doneBefore(fire, target, n, granularity)).toBe(written[target]);
			const { writes, output } = current.step;
			if (writes === null) continue;
			written[target]!++;
			expect(activated(current.stage, writes)).toBe(tensor.data[cellIndex(tensor.shape, output)]);
		}
		expect(written).toEqual([0, 32, 48, 32, 80]);
	});
	it('finds each step again from its place', () => {
		for (let n = 0; n < countSteps(fire, granularity); n++) {
			const { stage, local } = positionOfStep(fire, n, granularity);
			expect(stepAtPosition(fire, stage, local, granularity)).toBe(n);
		}
	});
});

describe('sceneOfSteps', () => {
	it.each([320, 700, 1080])(
		'%i px: no two parts lie over each other, and a cell is found where it is',
		(width) => {
			const scene = sceneOfSteps(fire, titles, { width, height: 600, minCell: 14 });
			for (const [i, { outer: a }] of scene.parts.entries()) {
				for (const { outer: b } of scene.parts.slice(i + 1)) {
					const apart =
						a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
					expect(apart).toBe(true);
				}
			}
			const { planes, subject } = scene.parts.at(-1)!;
			const { x, y } = planes[4]!;
			expect(cellUnder(scene, x + 1.5 * scene.cell, y + 2.5 * scene.cell)).toEqual({
				tensor: subject.index,
				channel: 4,
				y: 2,
				x: 1
			});
		}
	);
	it.each([
		['value', 320],
		['value', 1080],
		['multiply', 700]
	] as const)('%s, %i px: no link crosses anything but its own ends', (granularity, width) => {
		const scene = sceneOfSteps(fire, titles, { width, height: 600, minCell: 14 });
		const partOf = (kind: string, index: number) =>
			scene.parts.find(({ subject }) => subject.kind === kind && subject.index === index)!;
		const all = scene.parts.flatMap(({ planes, filters, title }) => [
			title.box,
			...planes.map(({ outer }) => outer),
			...filters.flatMap(({ planes, bias }) => [...planes, ...(bias ? [bias] : [])].map(({ outer }) => outer))
		]);
		for (let n = 0; n < countSteps(fire, granularity); n++) {
			const current = currentStepAt(fire, n, granularity);
			const { stage } = current;
			const target = partOf('tensor', stage.output).planes;
			const ends =
				current.kind === 'copy'
					? [
							[
								partOf('tensor', current.stage.channels[current.channel]!.tensor).planes[
									current.stage.channels[current.channel]!.channel
								]!,
								target[current.channel]!
							]
						]
					: [
							...partOf('tensor', stage.inputs[0]!).planes.map((plane, i) => [
								plane,
								partOf('filters', fire.stages.indexOf(stage)).filters[current.step.output.channel]!.planes[i]!
							]),
							[target[current.step.output.channel]!]
						];
			const { links } = tieOfStep(fire, scene, current);
			expect(links).toHaveLength(ends.length);
			for (const [i, { path, width: wide }] of links.entries()) {
				const own = ends[i]!.map(({ outer }) => outer);
				expect(
					crossed(
						pointsOf(path),
						all.filter((box) => !own.includes(box)),
						Math.min(0.4, wide / 2)
					)
				).toEqual([]);
			}
		}
	});
	it('lights up as many windows as the filter has planes', () => {
		const scene = sceneOfSteps(fire, titles, { width: 1080, height: 600, minCell: 14 });
		const focus = tieOfStep(fire, scene, currentStepAt(fire, 40, 'value'));
		expect(focus.windows).toHaveLength(2);
		expect(focus.links).toHaveLength(3);
	});
});

describe('pointwise and depthwise, one way and the other', () => {
	it('counts 2·3 + 9·3 and 9·2 + 2·3 weights', () => {
		expect(factsOf(pointwiseFirst)).toMatchObject({ params: 33, macs: 33 * 16 });
		expect(factsOf(depthwiseFirst)).toMatchObject({ params: 24, macs: 24 * 16 });
	});
	it('has seen all channels of a pixel between the two, or all pixels around in one channel', () => {
		expect(factsOf(pointwiseFirst)).toMatchObject({ channelDependency: 2, dependencySide: 1 });
		expect(factsOf(depthwiseFirst)).toMatchObject({ channelDependency: 1, dependencySide: 3 });
	});
	it('without a ReLU between, an input of the other sign gives an output of the other sign; with one, it does not', () => {
		const run = (relu: boolean, by: number) => {
			const layers = { ...pointwiseFirst, relu };
			const resolved = resolveGraph(orderGraph(layers));
			const { input, weights } = orderValues(layers);
			const scaled = { shape: input.shape, data: input.data.map((value) => by * value) };
			return runGraph(resolved, [scaled], weights)[resolved.output.index]!.data;
		};
		const [once, flipped] = [run(false, 1), run(false, -1)];
		once.forEach((value, i) => expect(flipped[i]! + value).toBe(0));
		const bent = run(true, -1);
		expect(run(true, 1).some((value, i) => value + bent[i]! !== 0)).toBe(true);
	});
	it.each([pointwiseFirst, depthwiseFirst])(
		'$order: a ReLU changes some of the outputs, not all',
		(layers) => {
			const { cut, between, changed, outputs } = effectOfRelu(layers);
			expect(cut).toBeGreaterThan(0);
			expect(cut).toBeLessThan(between);
			expect(changed).toBeGreaterThan(0);
			expect(changed).toBeLessThanOrEqual(outputs);
		}
	);
});
