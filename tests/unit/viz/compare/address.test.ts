import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkById } from '$lib/nets/networks';
import { defaultSpec, formatAddress, knobsOf, parseAddress, readers } from '$lib/viz/figures/compare/address';
import { liveNetworks } from '$lib/viz/figures/compare/live';
import { batchNorms, counts, groups } from '$lib/viz/figures/compare/model';
import { columns, type CompareSpec } from '$lib/viz/figures/compare/spec';

const extent = fc
	.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 999 }))
	.map(([from, more]) => [from * 1000, (from + more) * 1000] as const);

const spec: fc.Arbitrary<CompareSpec> = fc
	.record({
		axes: fc.constantFrom(['macs', 'params'], ['params', 'macs'], ['macs', 'top1'], ['top1', 'params']),
		hidden: fc.subarray([...groups]),
		front: fc.boolean(),
		view: fc.option(fc.record({ x: extent, y: extent })),
		selected: fc.option(fc.constantFrom('mobilenet', 'squeezenet-version-1.1')),
		count: fc.constantFrom(...counts),
		batchNorm: fc.constantFrom(...batchNorms),
		weightType: fc.constantFrom('float32', 'float16', 'int8'),
		sorting: fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() }),
		network: fc.constantFrom(...liveNetworks),
		classes: fc.integer({ min: 1, max: 10000 })
	})
	.map(({ axes, network, classes, ...rest }) => ({
		...rest,
		x: axes[0],
		y: axes[1],
		network,
		knobs: { ...knobsOf(network), classes }
	})) as fc.Arbitrary<CompareSpec>;

describe('formatAddress and parseAddress', () => {
	it('says nothing of what is at its default', () => {
		expect(formatAddress(defaultSpec)).toBe('');
		expect(parseAddress('')).toEqual({ spec: defaultSpec, ignored: [] });
	});

	it('are inverses of each other (a view to four digits)', () => {
		fc.assert(
			fc.property(spec, (given) => {
				const { spec: read, ignored } = parseAddress(formatAddress(given));
				expect(ignored).toEqual([]);
				expect({ ...read, view: null }).toEqual({ ...given, view: null });
				for (const axis of ['x', 'y'] as const) {
					for (const end of [0, 1] as const) {
						const ratio = (read.view?.[axis][end] ?? 1) / (given.view?.[axis][end] ?? 1);
						expect(ratio).toBeGreaterThan(0.999);
						expect(ratio).toBeLessThan(1.001);
					}
				}
			})
		);
	});

	it('writes what a reader can read', () => {
		const { spec: read } = parseAddress(
			'?y=top1&front&hide=successor,reference&view=1e7:1e9,50:75&net=shufflenet&groups=8&scale=0.5'
		);
		expect(formatAddress(read)).toBe(
			'?y=top1&hide=successor,reference&front&view=10000000:1000000000,50:75&net=shufflenet&groups=8&scale=0.5'
		);
	});
});

describe('parseAddress of what is malformed', () => {
	it.each([
		['?x=speed', 'x', 'speed'],
		['?x=params', 'y', 'params'],
		['?hide=mobilenet,nobody', 'hide', 'mobilenet,nobody'],
		['?view=1:2', 'view', '1:2'],
		['?view=5:1,1:2', 'view', '5:1,1:2'],
		['?bn=maybe', 'bn', 'maybe'],
		['?at=<script>', 'at', '<script>'],
		['?net=lenet', 'net', 'lenet'],
		['?sort=taste', 'sort', 'taste'],
		['?utm_source=x', 'utm_source', 'x'],
		['?__proto__=1', '__proto__', '1'],
		['?constructor=1', 'constructor', '1']
	])('%s: keeps the default and names %s', (search, name, value) => {
		const { spec: read, ignored } = parseAddress(search);
		expect(read).toEqual(defaultSpec);
		expect(ignored).toEqual([{ name, value, error: null }]);
	});

	it('says why a knob is refused', () => {
		const { spec: read, ignored } = parseAddress('?alpha=9');
		expect(read).toEqual(defaultSpec);
		expect(ignored[0]?.error?.code).toBe('outOfRange');
	});

	it('never throws, and what it gives can be written and read again', () => {
		const name = fc.oneof(
			fc.constantFrom(...Object.keys(readers), 'net', 'alpha', 'resolution', 'groups', 'scale'),
			fc.string()
		);
		const value = fc.oneof(
			fc.string({ maxLength: 40 }),
			fc.constantFrom(
				'macs',
				'params',
				'top1',
				'shufflenet',
				'xception',
				'-1',
				'1e999',
				'NaN',
				'0',
				'3',
				'1:2,3:4'
			)
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(name, value), { maxLength: 12 }), (parts) => {
				const { spec: read } = parseAddress(`?${new URLSearchParams(parts)}`);
				const again = parseAddress(formatAddress(read));
				expect(again.ignored).toEqual([]);
				expect({ ...again.spec, view: null }).toEqual({ ...read, view: null });
			})
		);
		fc.assert(
			fc.property(fc.string({ maxLength: 200 }), (search) => {
				expect(() => parseAddress(search)).not.toThrow();
			})
		);
	});
});

it('no knob of a network has the name of a part of the address', () => {
	const taken = new Set([...Object.keys(readers), 'net']);
	for (const network of liveNetworks) {
		expect(Object.keys(networkById(network).knobs).filter((knob) => taken.has(knob))).toEqual([]);
	}
});
