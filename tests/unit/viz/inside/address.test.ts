import { describe, expect, it } from 'vitest';
import { resolveGraph } from '$lib/nets';
import { insideCodec, insideParts } from '$lib/viz/figures/inside/address';
import { seededGraph } from '$lib/viz/figures/inside/seeded';
import { defaultInside, fitInside, type InsideState } from '$lib/viz/figures/inside/state';

const network = resolveGraph(seededGraph());
const codec = insideCodec(network);
const readInside = (search: string) => {
	const { value: state, ignored } = codec.parse(search);
	return { state, problems: ignored.flatMap(({ why }) => why ?? []) };
};

describe('insideCodec(network)', () => {
	it('reads what it writes', () => {
		const states: Partial<InsideState>[] = [
			{},
			{ layer: 'concat', channel: 15, pixel: { y: 5, x: 0 } },
			{ sort: 'strength', size: 144, ownScale: true, classIndex: 0 },
			{ layer: 'input', channel: 0 }
		];
		for (const part of states) {
			const state = { ...defaultInside(network), ...part };
			expect(readInside(codec.format(state))).toEqual({ state, problems: [] });
		}
	});

	it('leaves what other parts say to others', () => {
		expect(readInside('?net=mobilenet&alpha=2').problems).toEqual([]);
	});

	for (const wrong of [
		'layer=conv2',
		'map=12',
		'map=-1',
		'map=1e1',
		'pixel=0,0',
		'map=1&pixel=12,0',
		'map=1&pixel=1,2,3',
		'map=1&pixel=__proto__',
		'class=10',
		'sort=size',
		'size=65',
		'colours='
	]) {
		it(`says in a sentence what is wrong with ${wrong}, and shows the rest`, () => {
			const { state, problems } = readInside(wrong);
			expect(problems).toHaveLength(1);
			expect(problems[0]).toMatch(/^\w+=.+/);
			expect(fitInside(state, network)).toEqual(state);
		});
	}

	it('has just the parts that the page hands it', () => {
		expect(codec.partsOf(codec.initial).map(({ name }) => name)).toEqual([...insideParts]);
	});
});

describe('fitInside', () => {
	it('leaves out what another network does not have', () => {
		const other = resolveGraph(seededGraph(12));
		const state = { ...defaultInside(network), layer: 'conv1', channel: 3, pixel: { y: 11, x: 11 } };
		expect(fitInside(state, network)).toEqual(state);
		expect(fitInside(state, other)).toEqual({ ...state, pixel: null });
		expect(fitInside({ ...state, layer: 'gone' }, other)).toEqual({
			...state,
			layer: 'conv1',
			channel: null,
			pixel: null
		});
	});
});
