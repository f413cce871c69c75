import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseLocale, locales, useLocale } from '$lib/i18n';
import {
	GraphBuilder,
	GraphError,
	KnobError,
	networkById,
	networkIds,
	networks,
	resolveGraph,
	type Graph,
	type GraphNode
} from '$lib/nets';
import { computedKinds } from '$lib/ops';
import { knobName, namedChoices, namedKnobs } from '$lib/viz/words/knobs';
import {
	blockTitle,
	cardLabel,
	itemSentence,
	labelWidth,
	nameInBlock
} from '$lib/viz/figures/network/labels';
import { graphProblem, knobFixes, knobProblem } from '$lib/viz/words/problems';
import { cardForm, cardSizes } from '$lib/viz/figures/network/layout/card';
import { sectionOf } from '$lib/viz/figures/network/layout/items';
import { casesOf } from '../../ops/cases';

useLocale(baseLocale);

const thrown = (act: () => unknown): unknown => {
	try {
		act();
	} catch (error) {
		return error;
	}
	throw new Error('nothing was thrown');
};

describe('knobName', () => {
	const tables = networkIds.map((id) => networkById(id).knobs);

	it('has a name for each knob of each network, and for no others', () => {
		const knobs = new Set(tables.flatMap((table) => Object.keys(table)));
		expect([...knobs].toSorted()).toEqual(namedKnobs.toSorted());
	});

	it('has a name for each value that is a word', () => {
		const choices = tables
			.flatMap((table) => Object.values(table))
			.flatMap((knob) => (knob.kind === 'choice' ? knob.choices : []))
			.filter((choice) => typeof choice === 'string' && !/^[\d.]+$/.test(choice));
		expect([...new Set(choices)].toSorted()).toEqual(namedChoices.toSorted());
	});

	it('leaves an unknown knob its own name', () => {
		expect(knobName('gain')).toBe('gain');
	});
});

describe('knobProblem and knobFixes', () => {
	it.each([
		[
			{ scale: 0.3, groups: 8 },
			/^Scale 0\.3 gives 115\.2 channels.*8 groups/,
			['Scale = 0.25×', 'Scale = 0.3333×']
		],
		[{ scale: 9 }, /^Scale: 9 is outside 0\.25 to 2\.$/, ['Scale = 2×']],
		[{ repeats: 1.5 }, /^Repeated blocks: 1\.5 is not a whole number\.$/, ['Repeated blocks = 2']]
	])('says what is wrong with %j and what would fit', (knobs, sentence, fixes) => {
		const error = thrown(() => networks.shufflenet.build(knobs as object));
		expect(error).toBeInstanceOf(KnobError);
		expect(knobProblem(error as KnobError)).toMatch(sentence);
		expect(
			knobFixes(error as KnobError, networks.shufflenet.knobs)
				.map(({ label }) => label)
				.slice(0, fixes.length)
		).toEqual(fixes);
	});

	it('offers only what fits', () => {
		const error = thrown(() => networks.shufflenet.build({ scale: 0.3, groups: 8 })) as KnobError;
		const fixes = knobFixes(error, networks.shufflenet.knobs);
		expect(fixes.length).toBeGreaterThan(2);
		for (const { knob, value } of fixes) networks.shufflenet.build({ scale: 0.3, groups: 8, [knob]: value });
	});

	it('says at which layer a picture is too small', () => {
		const error = thrown(() => networks.alexnet.build({ resolution: 40 })) as KnobError;
		const [fix] = knobFixes(error, networks.alexnet.knobs);
		expect(knobProblem(error)).toMatch(/^Input size: at 40 nothing is left of the picture at \w+\./);
		expect(fix?.label).toMatch(/^Input size = \d+ px$/);
	});
});

describe('graphProblem', () => {
	const graph = (node: object, more: Partial<Graph> = {}) =>
		({
			name: 'x',
			inputs: [{ id: 'in', shape: [8, 8, 4] }],
			nodes: [{ id: 'n', op: 'relu', options: {}, inputs: ['in'], ...node }],
			output: 'n',
			blocks: [],
			...more
		}) as Graph;

	it.each([
		[graph({ inputs: ['im'] }), 'n: Its input “im” is no node of the graph. Did you mean in?'],
		[graph({ inputs: ['n'] }), 'n: It reads what depends on itself: n → n.'],
		[graph({}, { output: 'm' }), 'The output “m” is no node of the graph. Did you mean n?'],
		[
			graph({ op: 'conv2d', options: { outChannels: 6, kernelSize: 1, groups: 4 } }),
			/^n: 4 groups do not divide the 6 channels; /
		],
		[
			graph({ op: 'maxPool', options: { kernelSize: 9 } }),
			'n: The kernel spans 9, and the padded input has only 8; at most 8 would fit.'
		]
	])('says what is wrong, and with which node', (bad, sentence) => {
		const error = thrown(() => resolveGraph(bad));
		expect(error).toBeInstanceOf(GraphError);
		expect(graphProblem(error as GraphError)).toMatch(sentence);
	});
});

describe('labels', () => {
	it.each(computedKinds)('a %s has a name that fits on its slip or card', (kind) => {
		const [of] = fc.sample(casesOf(kind), 1);
		const inputs = of!.g.inputs.map((shape, i) => ({ id: `input${i}`, shape }));
		const node = { id: 'node', op: kind, options: of!.options, inputs: inputs.map(({ id }) => id) };
		const nodes = [node as unknown as GraphNode];
		const output = of!.g.outputs.length === 1 ? 'node' : 'node:0';
		const [resolved] = resolveGraph({ name: '', inputs, nodes, output, blocks: [] }).nodes;
		for (const locale of locales) {
			useLocale(locale);
			const label = cardLabel(resolved!);
			if (cardForm(resolved!) === 'quiet') expect(label.length).toBeLessThanOrEqual(8);
			else expect(labelWidth(label)).toBeLessThanOrEqual(cardSizes.node.width - 14);
			// All of it, unless it is numbers.
			if (!/\d/.test(label)) expect(label).not.toContain('…');
		}
		useLocale(baseLocale);
	});

	const squeezenet = resolveGraph(networks.squeezenet.build());
	const xception = resolveGraph(networks.xception.build());
	const shufflenet = resolveGraph(networks.shufflenet.build());

	it('say kernel, stride and groups on a card', () => {
		expect(cardLabel(squeezenet.byId.get('conv1')!)).toBe('7×7 /2');
		expect(cardLabel(squeezenet.byId.get('pool1')!)).toBe('max 3×3 /2');
		expect(cardLabel(shufflenet.byId.get('stage2/unit2/gconv1')!)).toBe('1×1 g3');
		expect(cardLabel(shufflenet.byId.get('stage2/unit2/dwconv')!)).toBe('3×3');
		expect(cardLabel(shufflenet.byId.get('stage2/unit2/shuffle')!)).toBe('Shuffle 3');
	});

	it('say both strides where they differ', () => {
		const net = new GraphBuilder('Strides', [8, 8, 2]);
		const built = net.build(
			net.conv2d('c', net.input, { outChannels: 2, kernelSize: [3, 5], stride: [2, 1] })
		);
		expect(cardLabel(resolveGraph(built).nodes[0]!)).toBe('3×5 /2×1');
	});

	it('do not repeat the block in the name of a layer', () => {
		expect(nameInBlock(xception.byId.get('block3_sepconv1_dw')!, 20)).toBe('dw');
		expect(nameInBlock(xception.byId.get('block3_shortcut')!, 20)).toBe('shortcut');
		expect(nameInBlock(squeezenet.byId.get('fire2/squeeze1x1')!, 20)).toBe('squeeze1x1');
		expect(nameInBlock(squeezenet.byId.get('fire2/squeeze1x1')!, 6)).toBe('sq…1x1');
	});

	it('call a numbered block by what it is a part of', () => {
		expect(blockTitle('stage2/unit1', 12)).toBe('unit1');
		expect(blockTitle('layer1/0', 12)).toBe('layer1.0');
		expect(blockTitle('0', 12)).toBe('0');
	});

	it('say an item in a sentence', () => {
		const items = sectionOf(squeezenet, ['fire2']).items;
		const fire2 = items.find(({ key }) => key === 'fire2/');
		const inside = fire2?.kind === 'block' ? (fire2.inside?.items ?? []) : [];
		expect(inside.map((item) => itemSentence(item, undefined, 0))).toContain(
			'fire2/squeeze1x1: 1×1 convolution, 96 → 16 channels, 55×55×16'
		);
		expect(itemSentence(items[0]!, undefined, 0)).toBe('Input: 227×227×3');
		expect(itemSentence(fire2!, 'fire', 0.05)).toBe(
			'fire2: fire module, 7 layers, output 55×55×128, 5.00% of the MACs'
		);
	});

	it('name group convolutions by their groups', () => {
		const net = new GraphBuilder('Groups', [8, 8, 8]);
		const built = net.build(net.conv2d('c', net.input, { outChannels: 8, kernelSize: 3, groups: 2 }));
		const [, item] = sectionOf(resolveGraph(built), []).items;
		expect(itemSentence(item!, undefined, 0)).toBe('c: 3×3 group convolution in 2 groups, 6×6×8');
	});
});
