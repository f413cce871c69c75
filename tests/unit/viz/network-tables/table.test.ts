import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTotal, graphCost, GraphBuilder, networkIds, networks, resolveGraph } from '$lib/nets';
import { defaultConventions, type Conventions } from '$lib/viz/figures/network/conventions';
import { costLayers, isFree } from '$lib/viz/figures/network/costLayers';
import { auditOf, conventionOf, countedByNode } from '$lib/viz/figures/network/counted';
import { layerTable, visibleRows, type TableView } from '$lib/viz/figures/network/layerTable';
import { layerFileColumns, opText } from '$lib/viz/figures/network/layerText';
import { layoutCostBars } from '$lib/viz/figures/network/layout/costBars';
import { formatTable } from '$lib/viz/ui/tableText';

const mobilenet = resolveGraph(networks.mobilenet.build());
const closed: TableView = { open: [], isSorted: false, search: '', opText };

const conventions: readonly Conventions[] = (['macs', 'flops'] as const).flatMap((count) =>
	(['trainable', 'all', 'none'] as const).flatMap((batchNorm) =>
		[true, false].flatMap((biases) =>
			[true, false].map((classifier): Conventions => ({ count, batchNorm, biases, classifier }))
		)
	)
);

describe.each(networkIds)('counts of %s', (id) => {
	const net = resolveGraph(networks[id].build());

	it('the audit adds up at every level to the total, under every convention', () => {
		for (const convention of conventions) {
			for (const total of ['params', 'macs'] as const) {
				const whole = auditOf(net, total, convention);
				const check = ({ value, parts, terms, kind }: typeof whole): void => {
					const sum =
						kind === 'node'
							? terms.filter(({ counted }) => counted).reduce((so, term) => so + term.value, 0)
							: parts.reduce((so, part) => so + part.value, 0);
					expect(sum).toBe(value);
					for (const { factors, value: product } of terms)
						expect(factors.reduce((so, factor) => so * factor.value, 1)).toBe(product);
					parts.forEach(check);
				};
				check(whole);
				expect(countTotal(net, conventionOf(total, convention))).toBe(whole.value);
				expect([...countedByNode(whole).values()].reduce((so, value) => so + value, 0)).toBe(whole.value);
			}
		}
	});

	it('layers and bars add up to the totals, and shares to 100%', () => {
		for (const convention of conventions) {
			const { rows, params, macs } = layerTable(net, convention);
			const layers = rows.filter(({ block }) => block === null);
			const sum = (of: (row: (typeof rows)[number]) => number) => layers.reduce((so, row) => so + of(row), 0);
			expect(sum((row) => row.params)).toBe(params);
			expect(sum((row) => row.macs)).toBe(macs);
			if (params > 0) expect(sum((row) => row.paramsShare)).toBeCloseTo(1, 10);
			if (macs > 0) expect(sum((row) => row.macsShare)).toBeCloseTo(1, 10);
			const bars = costLayers(net, convention);
			expect(bars.reduce((so, bar) => so + bar.params, 0)).toBe(params);
			expect(bars.reduce((so, bar) => so + bar.macs, 0)).toBe(macs);
		}
	});

	it('a block is the sum of the layers in it, and every layer stands in the table once', () => {
		const { rows } = layerTable(net, defaultConventions);
		const layers = rows.filter(({ block }) => block === null);
		expect(layers.map(({ id: layer }) => layer).toSorted()).toEqual(
			net.nodes.map((node) => node.id).toSorted()
		);
		for (const { block, id: path, params, macs } of rows) {
			if (!block) continue;
			const inside = layers.filter(({ parents }) => parents.includes(path));
			expect(inside).toHaveLength(block.layers);
			expect(inside.reduce((so, row) => so + row.params, 0)).toBe(params);
			expect(inside.reduce((so, row) => so + row.macs, 0)).toBe(macs);
		}
	});

	it('the totals of the site are those of the analysis', () => {
		const { total } = graphCost(net);
		const { params, macs } = layerTable(net, defaultConventions);
		expect(params).toBe(total.params.trainable);
		expect(macs).toBe(total.macs);
	});
});

describe('visibleRows', () => {
	const { rows } = layerTable(mobilenet, defaultConventions);

	it('shows blocks, and what stands in the open ones after them', () => {
		expect(visibleRows(rows, closed).map(({ id }) => id)).toEqual([
			'stem',
			...Array.from({ length: 13 }, (_, i) => `separable${i + 1}`),
			'classifier'
		]);
		const open = visibleRows(rows, { ...closed, open: ['stem'] }).map(({ id }) => id);
		expect(open.slice(0, 5)).toEqual(['stem', 'conv1', 'conv1_bn', 'conv1_relu', 'separable1']);
	});

	it('a column that sorts gets the layers by themselves', () => {
		const sorted = visibleRows(rows, { ...closed, isSorted: true });
		expect(sorted.map(({ id }) => id)).toEqual(mobilenet.nodes.map(({ id }) => id));
	});

	it('finds layers by name, block, operator and shape, all words at once', () => {
		const find = (search: string) => visibleRows(rows, { ...closed, search }).map(({ id }) => id);
		expect(find('dw_13')).toEqual(['conv_dw_13', 'conv_dw_13_bn', 'conv_dw_13_relu']);
		expect(find('separable3 depthwise')).toEqual(['conv_dw_3']);
		expect(find('112×112 relu')).toEqual(['conv1_relu', 'conv_dw_1_relu', 'conv_pw_1_relu']);
		expect(find('nothing')).toEqual([]);
	});

	it('any search gives layers of the table, each at most once', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 8 }), fc.boolean(), (search, isSorted) => {
				const found = visibleRows(rows, { ...closed, search, isSorted });
				expect(new Set(found).size).toBe(found.length);
				expect(found.every((row) => rows.includes(row))).toBe(true);
			})
		);
	});
});

describe('layerFileColumns', () => {
	const layersOf = (convention: Conventions) =>
		layerTable(mobilenet, convention).rows.filter(({ block }) => block === null);

	it('write every layer with its exact numbers', () => {
		const rows = layersOf(defaultConventions);
		const text = formatTable('tabs', layerFileColumns(defaultConventions), rows);
		const [titles, ...lines] = text.trim().split('\n');
		expect(titles?.split('\t').join()).toBe(
			'Block,Layer,Operator,Output,Kernel,Stride,Dilation,Groups,Parameters,MACs,Output bytes (float32),Receptive field'
		);
		expect(lines).toHaveLength(mobilenet.nodes.length);
		expect(lines[0]?.split('\t').join()).toBe(
			'stem,conv1,convolution,112×112×32,3×3,2,1,1,864,10838016,1605632,3'
		);
		const sum = (column: number) => lines.reduce((so, line) => so + Number(line.split('\t')[column]), 0);
		expect([sum(8), sum(9)]).toEqual([4_231_976, 568_740_352]);
	});

	it('name and count FLOPs where these are chosen', () => {
		const flops = { ...defaultConventions, count: 'flops' as const };
		const text = formatTable('markdown', layerFileColumns(flops), layersOf(flops));
		expect(text).toContain('| FLOPs |');
		expect(text).toContain('| 21676032 |');
	});
});

describe('costLayers', () => {
	it('counts batch norm to the layer before it', () => {
		const conv1 = costLayers(mobilenet, defaultConventions)[0];
		expect(conv1).toMatchObject({
			id: 'conv1',
			nodes: ['conv1', 'conv1_bn'],
			params: 864 + 64,
			macs: 10_838_016
		});
	});
});

describe('isFree(net, conventions)', () => {
	it('knows a network of which nothing costs anything, so that no bars of nothing are drawn', () => {
		const net = new GraphBuilder('Free', [4, 4, 2]);
		const only = net.op('relu', 'act', net.input, {});
		expect(isFree(resolveGraph(net.build(only)), defaultConventions)).toBe(true);
		const more = resolveGraph(
			net.build(net.conv2d('c', only, { outChannels: 1, kernelSize: 1, bias: false }))
		);
		expect(isFree(more, defaultConventions)).toBe(false);
	});
});

describe('layoutCostBars', () => {
	it('has no marks on the side of a measure of which there is nothing', () => {
		const { ticks } = layoutCostBars([{ macs: 0, params: 8 }], { width: 800, height: 130 });
		expect(ticks.macs).toEqual([]);
		expect(ticks.params).not.toEqual([]);
	});

	const costs = fc.array(fc.record({ macs: fc.nat(1e9), params: fc.nat(1e7) }), {
		minLength: 1,
		maxLength: 100
	});

	it('bars stand in order inside the picture, as high as their cost, and seen where there is any', () => {
		fc.assert(
			fc.property(costs, (layers) => {
				const { bars } = layoutCostBars(layers, { width: 800, height: 130 });
				bars.forEach((bar, i) => {
					expect(bar.x).toBeGreaterThanOrEqual(i === 0 ? 0 : bars[i - 1]!.x + bars[i - 1]!.width);
					expect(bar.x + bar.width).toBeLessThanOrEqual(800 + 1e-9);
					for (const measure of ['macs', 'params'] as const) {
						expect(bar[measure]).toBeLessThanOrEqual(130);
						expect(bar[measure] > 0).toBe(layers[i]![measure] > 0);
					}
				});
				const largest = layers.findIndex(
					({ macs }) => macs === Math.max(...layers.map((layer) => layer.macs))
				);
				expect(bars[largest]!.macs).toBe(Math.max(...bars.map(({ macs }) => macs)));
			})
		);
	});
});
