import { describe, expect, it } from 'vitest';
import { compareCodec, defaultSpec } from '$lib/viz/figures/compare/address';

const { parse, format } = compareCodec;

describe('compareCodec.format', () => {
	it('writes what a reader can read', () => {
		const { value: read } = parse(
			'?y=top1&front&hide=successor,reference&view=1e7:1e9,50:75&net=shufflenet&groups=8&scale=0.5'
		);
		expect(format(read)).toBe(
			'?y=top1&hide=successor,reference&front&view=10000000:1000000000,50:75&net=shufflenet&groups=8&scale=0.5'
		);
	});
});

describe('compareCodec.parse of what is malformed', () => {
	it.each([
		['?x=speed', 'x', 'speed'],
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
		const { value: read, ignored } = parse(search);
		expect(read).toEqual(defaultSpec);
		expect(ignored).toMatchObject([{ name, value, why: null }]);
	});

	it.each([
		['?x=params', { x: 'params', y: 'macs' }, []],
		['?y=macs', { x: 'params', y: 'macs' }, []],
		['?x=top1&y=top1', { x: 'top1', y: 'params' }, ['y']],
		['?x=params&y=params', { x: 'params', y: 'macs' }, ['y']]
	])('%s: the axis that was said stays', (search, axes, names) => {
		const { value: read, ignored } = parse(search);
		expect(read).toEqual({ ...defaultSpec, ...axes });
		expect(ignored.map(({ name }) => name)).toEqual(names);
	});

	it('says why a knob is refused', () => {
		const { value: read, ignored } = parse('?alpha=9');
		expect(read).toEqual(defaultSpec);
		expect(ignored).toMatchObject([{ why: { code: 'outOfRange' } }]);
	});
});

it('a view is kept to four digits', () => {
	const { value } = parse('?view=1234567:2345678,1:2');
	expect(format(value)).toBe('?view=1235000:2346000,1:2');
});
