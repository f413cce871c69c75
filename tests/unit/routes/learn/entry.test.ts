import { describe, expect, it } from 'vitest';
import { judge, readings } from '../../../../src/routes/[lang=lang]/(site)/learn/entry';

describe('readings(text)', () => {
	it.each<[string, number[]]>([
		['576', [576]],
		[' 576 ', [576]],
		['1,234', [1234, 1.234]],
		['1.234', [1234, 1.234]],
		['1,234,567', [1234567]],
		['1.234.567', [1234567]],
		['1,234.5', [1234.5]],
		['1.234,5', [1234.5]],
		['1 234', [1234]],
		['1\u202f234,5', [1234.5]],
		['1’234', [1234]],
		['1_234', [1234]],
		['8,4', [8.4]],
		['8.4', [8.4]],
		['.5', [0.5]],
		['１，２３４', [1234, 1.234]],
		['12,3456', [123456, 12.3456]],
		['1.2万', [12000]],
		['35k', [35000]],
		['= 576', [576]],
		['≈8.4', [8.4]],
		['-3', [-3]],
		['−3', [-3]]
	])('reads %j as %j', (text, numbers) => expect(readings(text)).toEqual(numbers));

	it.each([
		'',
		' ',
		'many',
		'3 · 3',
		'1,23,4',
		'12 34',
		'1..2',
		'9e9',
		'0x10',
		'1,2.3,4',
		'3x',
		'１２a',
		'.',
		','
	])('does not read %j', (text) => expect(readings(text)).toEqual([]));
});

describe('judge(text, problem)', () => {
	const whole = { values: { answer: 1152 }, digits: 0, mistakes: [{ name: 'depth', value: 9 }] };
	const rounded = { values: { answer: 8.7671 }, digits: 1, mistakes: [{ name: 'window', value: 9 }] };

	it.each([
		['1152', { kind: 'right' }],
		['1,152', { kind: 'right' }],
		['1.152', { kind: 'right' }],
		['9', { kind: 'mistake', name: 'depth' }],
		['9.0', { kind: 'mistake', name: 'depth' }],
		['1151', { kind: 'wrong' }],
		['nine', { kind: 'unreadable' }]
	])('a whole number: %s', (text, verdict) => expect(judge(text, whole)).toEqual(verdict));

	it.each([
		['8.8', 'right'],
		['8,8', 'right'],
		['8.77', 'right'],
		['8.7671', 'right'],
		['8.7', 'wrong'],
		['9', 'mistake']
	])('one digit after the point: %s is %s', (text, kind) => expect(judge(text, rounded).kind).toBe(kind));
});
