import { describe, expect, it } from 'vitest';
import { costByKind, networkById, resolveGraph } from '$lib/nets';
import { multiplierKnobs, whole } from '$lib/viz/figures/multipliers/knobs';
import { printedVariants, scaledNet } from '$lib/viz/figures/multipliers/scaled';
import { channelDependencyKnobs } from '$lib/viz/figures/channelDependency/knobs';
import { dependencyCase } from '$lib/viz/figures/channelDependency/layers';
import { layoutDependency } from '$lib/viz/figures/channelDependency/layout/maps';
import { layoutTensorRow } from '$lib/viz/figures/multipliers/layout/tensorRow';

describe('seenCase on 5×5×2 → 3×3×3', () => {
	it.each([
		['depthwise', 1, 9 * 2 * 9, 18],
		['separable', 2, 9 * 2 * 9 + 9 * 2 * 3, 18 + 6],
		['standard', 2, 9 * 2 * 9 * 3, 54]
	] as const)('%s: the output has seen %i of 2 maps, with %i MACs', (layer, least, macs, weights) => {
		expect(dependencyCase(layer, 1)).toMatchObject({ least, inChannels: 2, macs, weights });
	});
	it('depthwise then pointwise reads all in two steps, the first of which reads one each', () => {
		const [, middle, output] = dependencyCase('separable', 1).tensors;
		expect(middle!.dependency).toEqual([[0], [1]]);
		expect(output!.dependency).toEqual([
			[0, 1],
			[0, 1],
			[0, 1]
		]);
	});
});

describe('seenCase in groups on 5×5×6 → 3×3×6', () => {
	it.each(channelDependencyKnobs.groups.choices)(
		'%i groups: each map sees its own group, at 1/g of the cost',
		(groups) => {
			const { tensors, least, macs, weights } = dependencyCase('group', groups);
			const size = 6 / groups;
			expect(least).toBe(size);
			expect(weights).toBe((9 * 36) / groups);
			expect(macs).toBe(9 * weights);
			tensors[1]!.dependency.forEach((dependency, channel) => {
				const first = Math.floor(channel / size) * size;
				expect(dependency).toEqual(Array.from({ length: size }, (_, i) => first + i));
			});
		}
	);
});

describe('layoutDependency', () => {
	const cases = [
		dependencyCase('depthwise', 1),
		dependencyCase('separable', 1),
		dependencyCase('standard', 1),
		dependencyCase('group', 6)
	];
	it.each([320, 328, 760, 1240])('%i px: maps lie inside, none on another', (width) => {
		for (const { tensors, inChannels } of cases) {
			const layout = layoutDependency(tensors, inChannels, width);
			const maps = layout.columns.flat();
			for (const map of maps) {
				expect(map.x).toBeGreaterThanOrEqual(0);
				expect(map.x + map.width).toBeLessThanOrEqual(width);
				expect(map.y + map.height).toBeLessThanOrEqual(layout.height);
				const over = maps.filter(
					(other) =>
						other.x < map.x + map.width &&
						map.x < other.x + other.width &&
						other.y < map.y + map.height &&
						map.y < other.y + other.height
				);
				expect(over).toEqual([map]);
			}
		}
	});
});

describe('scaledNet', () => {
	it('has the published totals in full', () => {
		expect(scaledNet(whole)).toMatchObject({ macs: 568_740_352, params: 4_231_976 });
	});
	it('ends each size of map with the tensors of the paper’s table 1', () => {
		expect(scaledNet(whole).tensors).toEqual([
			[224, 224, 3],
			[112, 112, 64],
			[56, 56, 128],
			[28, 28, 256],
			[14, 14, 512],
			[7, 7, 1024]
		]);
	});
	it('α = 0.5: 1×1 layers have exactly a quarter of the MACs, all others half', () => {
		const now = scaledNet({ ...whole, alpha: 0.5 });
		for (const { kind, macs } of scaledNet(whole).kinds) {
			if (macs === 0) continue;
			const left = now.kinds.find((other) => other.kind === kind)!.macs / macs;
			expect(left, kind).toBe(kind === 'pointwise' ? 0.25 : 0.5);
		}
	});
	it('ρ = 1/2 would quarter all but the classifier', () => {
		const at = (resolution: number) => scaledNet({ alpha: 1, resolution }).kinds;
		for (const { kind, macs } of at(128)) {
			if (macs === 0) continue;
			const half = at(64).find((other) => other.kind === kind)!.macs;
			expect(half / macs, kind).toBe(kind === 'dense' ? 1 : 0.25);
		}
	});
	it('agrees with the network’s own table by kind', () => {
		const net = resolveGraph(networkById('mobilenet').build({ alpha: 0.75, resolution: 160 }));
		const own = scaledNet({ alpha: 0.75, resolution: 160 }).kinds;
		expect(own.map(({ macs }) => macs)).toEqual(costByKind(net).map(({ macs }) => macs));
	});
});

describe('printedVariants', () => {
	it('are the eight of tables 6, 7 and 9, and the sliders can show each', () => {
		const variants = printedVariants();
		expect(variants.map(({ alpha, resolution, accuracy }) => `${alpha} ${resolution} ${accuracy}`)).toEqual([
			'1 224 70.6',
			'1 192 69.1',
			'1 160 67.2',
			'1 128 64.4',
			'0.75 224 68.4',
			'0.5 224 63.7',
			'0.5 160 60.2',
			'0.25 224 50.6'
		]);
		for (const { alpha, resolution } of variants) {
			expect(multiplierKnobs.alpha.choices).toContain(alpha);
			expect(multiplierKnobs.resolution.choices).toContain(resolution);
		}
	});
});

describe('layoutTensorRow', () => {
	it.each([320, 1240])('%i px: every smaller tensor lies in the whole one’s place', (width) => {
		const layout = layoutTensorRow(
			scaledNet(whole).tensors,
			scaledNet({ alpha: 0.25, resolution: 64 }).tensors,
			width
		);
		layout.now.forEach((box, i) => {
			const around = layout.whole[i]!;
			expect(box.x).toBe(around.x);
			expect(box.width).toBeLessThanOrEqual(around.width);
			expect(box.height).toBeLessThanOrEqual(around.height);
			expect(around.x + around.width).toBeLessThanOrEqual(width);
		});
	});
});
