import { expect, it } from 'vitest';
import { whichHurts } from '../../../../src/routes/[lang=lang]/(site)/compression/whichHurts';

it.each([
	[0.88, 0.6, 0.55, 'weights'],
	[0.88, 0.86, 0.7, 'activations'],
	[0.88, 0.84, 0.8, 'alike'],
	// A verdict would be told from chance, in either direction.
	[0.8843, 0.8774, 0.88, 'chance'],
	[0.88, 0.5, 0.498, 'chance'],
	// What guesses has nothing left to lose.
	[0.8839, 0.1, 0.0999, 'guessing'],
	[0.8887, 0.155, 0.1044, 'guessing'],
	// Rounding by chance brings a ruined network back: still the weights.
	[0.88, 0.3, 0.4, 'weights']
])(
	'whichHurts: %d as trained, %d with weights alone and %d with both: %s',
	(trained, weights, both, hurting) => {
		expect(whichHurts({ trained, weights, both }, 0.003)).toBe(hurting);
	}
);
