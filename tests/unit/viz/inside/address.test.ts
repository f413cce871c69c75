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
			{ sort: 'channel', ownScale: false, classIndex: 0 },
			{ layer: 'input', channel: 0 }
		];
		for (const part of states) {
			const state = { ...defaultInside, ...part };
			expect(readInside(codec.format(state))).toEqual({ state, problems: [] });
		}
	});

	it('opens what was written before the zoom: a map of the first layer, sizes, the one scale and the own', () => {
		expect(readInside('map=3&pixel=1,2&sort=strength&size=144&colours=own')).toEqual({
			state: { ...defaultInside, layer: 'conv1', channel: 3, pixel: { y: 1, x: 2 } },
			problems: []
		});
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
		const state = { ...defaultInside, layer: 'conv1', channel: 3, pixel: { y: 11, x: 11 } };
		expect(fitInside(state, network)).toEqual(state);
		expect(fitInside(state, other)).toEqual({ ...state, pixel: null });
		expect(fitInside({ ...state, layer: 'gone' }, other)).toEqual({
			...state,
			layer: null,
			channel: null,
			pixel: null
		});
	});
});
