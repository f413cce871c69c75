import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks } from '$lib/nets/networks';
import { formatAddress, parseAddress, type NetworkAddress } from '$lib/viz/figures/network/address';
import { defaultConventions } from '$lib/viz/figures/network/conventions';

const { mobilenet, shufflenet } = networks;
const nothing: NetworkAddress = {
	knobs: {},
	open: [],
	selected: null,
	conventions: defaultConventions,
	zoom: null,
	audit: null,
	flowPart: null,
	flowMode: 'shuffle'
};

describe('parseAddress', () => {
	it('gives defaults for an empty address', () => {
		expect(parseAddress('', mobilenet.knobs)).toEqual({ address: nothing, ignored: [] });
	});

	it('reads knobs, open blocks, selection, conventions, zoom and audit', () => {
		const search =
			'?alpha=0.5&resolution=160&count=flops&bn=all&biases=false&open=stem,separable1&at=conv1&audit=macs&zoom=1.5&flow=separable2&mix=pointwise';
		expect(parseAddress(search, mobilenet.knobs)).toEqual({
			address: {
				knobs: { alpha: 0.5, resolution: 160 },
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
		const { address, ignored } = parseAddress(search, mobilenet.knobs);
		expect(address).toEqual(nothing);
		expect(ignored.map(({ error }) => error?.code)).toEqual([code]);
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
		const { address, ignored } = parseAddress(search, mobilenet.knobs);
		expect(address).toEqual(nothing);
		expect(ignored.map(({ name }) => name)).toEqual([search.split('=')[0]]);
	});

	it('never throws, whatever the address', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (search) => {
				parseAddress(search, shufflenet.knobs);
			})
		);
		const names = [...Object.keys(shufflenet.knobs), 'open', 'at', 'zoom', 'audit', 'count', 'bn'];
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.string())), (pairs) => {
				parseAddress(new URLSearchParams(pairs).toString(), shufflenet.knobs);
			})
		);
	});
});

describe('formatAddress', () => {
	it('is empty for defaults', () => {
		expect(formatAddress(nothing, mobilenet.knobs)).toBe('');
	});

	it('leaves slashes and commas readable', () => {
		const address = { ...nothing, open: ['stage2', 'stage2/unit1'], selected: 'stage2/unit1/' };
		expect(formatAddress(address, shufflenet.knobs)).toBe('?open=stage2,stage2/unit1&at=stage2/unit1/');
	});

	it('is the inverse of parseAddress', () => {
		const id = fc.stringMatching(/^[\w.-]{1,9}(\/[\w.-]{1,9}){0,2}$/);
		const arbitrary = fc.record({
			knobs: fc.constantFrom({}, { groups: 8 as const }, { scale: 0.75, shuffle: false }),
			open: fc.uniqueArray(id, { maxLength: 9 }),
			selected: fc.option(id),
			conventions: fc.record({
				count: fc.constantFrom('macs' as const, 'flops' as const),
				batchNorm: fc.constantFrom('trainable' as const, 'all' as const, 'none' as const),
				biases: fc.boolean(),
				classifier: fc.boolean()
			}),
			zoom: fc.option(fc.integer({ min: 10, max: 400 }).map((percent) => percent / 100)),
			audit: fc.option(fc.constantFrom('params' as const, 'macs' as const)),
			flowPart: fc.option(id),
			flowMode: fc.constantFrom('shuffle' as const, 'noShuffle' as const, 'pointwise' as const)
		});
		fc.assert(
			fc.property(arbitrary, (address) => {
				const search = formatAddress(address, shufflenet.knobs);
				expect(parseAddress(search, shufflenet.knobs)).toEqual({ address, ignored: [] });
			})
		);
	});
});
