import { describe, expect, it } from 'vitest';
import { defaultKnobs } from '$lib/nets/knobs';
import { networks } from '$lib/nets/networks';
import { networkCodec } from '$lib/viz/figures/network/address';

const { mobilenet, shufflenet } = networks;
const { initial, parse } = networkCodec(mobilenet.knobs);

describe('networkCodec(table).parse', () => {
	it('reads knobs, open blocks, selection, conventions, zoom and audit', () => {
		const search =
			'?alpha=0.5&resolution=160&count=flops&bn=all&biases=false&open=stem,separable1&at=conv1&audit=macs&zoom=1.5&flow=separable2&mix=pointwise';
		expect(parse(search)).toMatchObject({
			value: {
				knobs: { ...defaultKnobs(mobilenet.knobs), alpha: 0.5, resolution: 160 },
				open: ['stem', 'separable1'],
				selected: 'conv1',
				conventions: { count: 'flops', batchNorm: 'all', biases: false, classifier: true },
				zoom: 1.5,
				audit: 'macs',
				flowPart: 'separable2',
				flowMode: 'pointwise'
			},
			ignored: []
		});
	});

	it.each([
		['alpha=9', 'outOfRange'],
		['alpha=half', 'notANumber'],
		['convolution=wide', 'notAChoice'],
		['repeats=2.5', 'notWhole']
	])('ignores the knob %s with its error %s', (search, code) => {
		const { value, ignored } = parse(search);
		expect(value).toEqual(initial);
		expect(ignored).toMatchObject([{ reason: 'invalid', why: { code } }]);
	});

	it.each([
		'count=joules',
		'bn=',
		'zoom=99',
		'zoom=1e1',
		'at=',
		'audit=all',
		'mix=up',
		'nonsense=1',
		'__proto__=1'
	])('ignores %s and says so', (search) => {
		const { value, ignored } = parse(search);
		expect(value).toEqual(initial);
		expect(ignored.map(({ name }) => name)).toEqual([search.split('=')[0]]);
	});
});

it('networkCodec(table).format leaves slashes and commas readable', () => {
	const { initial, format } = networkCodec(shufflenet.knobs);
	expect(format({ ...initial, open: ['stage2', 'stage2/unit1'], selected: 'stage2/unit1/' })).toBe(
		'?open=stage2,stage2/unit1&at=stage2/unit1/'
	);
});
