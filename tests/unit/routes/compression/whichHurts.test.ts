import { expect, it } from 'vitest';
import { whichHurts } from '../../../../src/routes/[lang=lang]/(site)/compression/whichHurts';

it.each([
	[0.88, 0.6, 0.55, 'weights'],
	[0.88, 0.86, 0.7, 'activations'],
	[0.88, 0.84, 0.8, 'alike'],
	// 3.99 points and 4.69: as near as chance brings them, on ten thousand pictures.
	[0.8843, 0.8444, 0.7975, 'alike'],
	// Further apart than that, and yet neither is all of it.
	[0.8887, 0.6325, 0.2614, 'moreActivations'],
	[0.8786, 0.6523, 0.4966, 'moreWeights'],
	[0.8887, 0.8693, 0.8074, 'activations'],
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
		expect(whichHurts({ trained, weights, both }, 10_000)).toBe(hurting);
	}
);

it('whichHurts: on fewer pictures, chance is more', () => {
	const of = { trained: 0.88, weights: 0.84, both: 0.78 };
	expect(whichHurts(of, 10_000)).toBe('moreActivations');
	expect(whichHurts(of, 1000)).toBe('alike');
});
