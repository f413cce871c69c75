import { describe, expect, it } from 'vitest';
import { paceOf, spreadOf } from '$lib/nets/times/spread';

describe('paceOf(time, other)', () => {
	const [quick, slow] = [spreadOf([1, 2, 3]), spreadOf([7, 8, 9])];

	it('another time only where the middle halves lie apart', () => {
		expect(paceOf(quick, slow)).toBe('faster');
		expect(paceOf(slow, quick)).toBe('slower');
	});
	it('none where they overlap, whichever median is less: one noisy run decides nothing', () => {
		expect(paceOf(spreadOf([1, 2, 3, 2, 40]), spreadOf([2, 2.5, 3]))).toBe('same');
		expect(paceOf(quick, quick)).toBe('same');
	});
});
