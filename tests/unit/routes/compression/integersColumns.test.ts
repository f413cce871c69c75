import { expect, it } from 'vitest';
import { signed } from '../../../../src/routes/[lang=lang]/(site)/compression/integersColumns';

it.each([
	[0, '0.00'],
	// Of what floats make of the same two accuracies.
	[-1e-14, '0.00'],
	[0.05, '+0.05'],
	[-3.456, '−3.46']
])('signed(%d): %s', (value, text) => expect(signed(value)).toBe(text));
