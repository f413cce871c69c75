import { describe, expect, it } from 'vitest';
import { GraphBuilder, networkById, networkIds, resolveGraph, type ResolvedGraph } from '$lib/nets';
import { foldTitle, itemSentence } from '$lib/viz/figures/network/labels';
import { foldingOf, openWithFolds } from '$lib/viz/figures/network/layout/folds';
import { sectionOf } from '$lib/viz/figures/network/layout/items';

const graphOf = (id: string) => resolveGraph(networkById(id).build());
const foldsOf = (graph: ResolvedGraph) =>
	Object.fromEntries(foldingOf(graph).folds.map(({ id, members }) => [id, members.length]));

describe('foldingOf(graph)', () => {
	it.each([
		['mobilenet', { 'separable7*': 5 }],
		['xception', { 'block5*': 8 }],
		['shufflenet', { 'stage2/unit2*': 3, 'stage3/unit2*': 7, 'stage4/unit2*': 3 }],
		['resnet50', { 'layer1/1*': 2, 'layer2/1*': 3, 'layer3/1*': 5, 'layer4/1*': 2 }],
		['squeezenet', {}],
		// Two that are alone in their stage: opening it shows them.
		['resnet18', {}]
	])('finds in %s %o', (id, folds) => {
		expect(foldsOf(graphOf(id))).toEqual(folds);
	});

	it('follows the knobs', () => {
		const { build } = networkById('mobilenet');
		expect(foldsOf(resolveGraph(build({ repeats: 9 })))).toEqual({ 'separable7*': 9 });
		expect(foldsOf(resolveGraph(build({ repeats: 1 })))).toEqual({});
	});

	/** Four blocks of one convolution; what differs is said by `change`. */
	function chain(change: (n: number) => Partial<{ outChannels: number; kernelSize: number }> = () => ({})) {
		const net = new GraphBuilder('Chain', [8, 8, 4]);
		let x = net.relu('first', net.input);
		for (let n = 1; n <= 4; n++)
			x = net.block(`part${n}`, 'standard', () =>
				net.relu(
					`act${n}`,
					net.conv2d(`conv${n}`, x, { outChannels: 4, kernelSize: 3, padding: 'same', ...change(n) })
				)
			);
		return { net, last: x };
	}
	const built = ({ net, last }: ReturnType<typeof chain>) => resolveGraph(net.build(last));

	it('folds any graph of a reader whose blocks are equal up to names', () => {
		expect(foldsOf(built(chain()))).toEqual({ 'part1*': 4 });
	});

	it('ends a fold where an option or a shape differs', () => {
		expect(foldsOf(built(chain((n) => (n === 3 ? { kernelSize: 5 } : {}))))).toEqual({ 'part1*': 2 });
		expect(foldsOf(built(chain((n) => (n >= 2 ? { outChannels: 8 } : {}))))).toEqual({ 'part3*': 2 });
	});

	it('ends a fold where something else reads a block, or a block something else', () => {
		const tapped = chain();
		const read = tapped.net.add('beside', ['act2', tapped.last]);
		expect(foldsOf(resolveGraph(tapped.net.build(read)))).toEqual({ 'part1*': 2, 'part3*': 2 });
		const kept = chain();
		const graph = kept.net.build(kept.last);
		expect(foldsOf(resolveGraph({ ...graph, otherOutputs: ['act3'] }))).toEqual({ 'part1*': 3 });
	});

	it.each(networkIds)(
		'%s: each fold is of consecutive blocks of as many nodes and as many multiply-adds',
		(id) => {
			const graph = graphOf(id);
			for (const { members } of foldingOf(graph).folds) {
				const nodes = members.map((path) =>
					graph.nodes.filter(({ node }) => `${node.block}/`.startsWith(`${path}/`))
				);
				expect(new Set(nodes.map((inside) => inside.map(({ op }) => op).join())).size).toBe(1);
				nodes.slice(1).forEach((inside, i) => {
					const own = new Set([...nodes[i]!, ...inside]);
					for (const { inputs } of inside)
						for (const { producer } of inputs) expect(own.has(producer!)).toBe(true);
				});
			}
		}
	);
});

describe('a fold', () => {
	const xception = graphOf('xception');

	it('is one item, open the blocks it stands for, each of which may be open', () => {
		const closed = sectionOf(xception, []).items.map(({ key }) => key);
		expect(closed).toContain('block5*/');
		expect(closed).not.toContain('block6/');
		const open = sectionOf(xception, ['block5*']).items.find(({ key }) => key === 'block5*/');
		expect(open?.kind === 'block' && open.inside?.items.map(({ key }) => key)).toEqual(
			[5, 6, 7, 8, 9, 10, 11, 12].map((n) => `block${n}/`)
		);
	});

	it('is open where one of its blocks is, as in addresses from before there were folds', () => {
		expect(openWithFolds(foldingOf(xception), ['block7']).has('block5*')).toBe(true);
		expect(openWithFolds(foldingOf(xception), ['block4']).has('block5*')).toBe(false);
	});

	it('says in words how many it stands for', () => {
		const item = sectionOf(xception, []).items.find(({ key }) => key === 'block5*/')!;
		expect(itemSentence(item, 'residual', 0.5)).toBe(
			'block5–12: 8 × residual, all alike, 13 layers each, output 19×19×728, together 50.00% of the MACs'
		);
	});

	it.each([
		[['block5', 'block12'], 'block5–12'],
		[['layer1/1', 'layer1/2'], 'layer1.1–2'],
		[['a', 'b'], 'a–b'],
		[['in2', 'out3'], 'in2–out3']
	])('of %o is called %s', (members, title) => {
		expect(foldTitle({ id: '', members })).toBe(title);
	});
});
