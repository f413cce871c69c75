import { expect, it } from 'vitest';
import shufflenet from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/shufflenet';
import sideBySide from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/side-by-side';

/** What a text prints, as a number. */
const read = (text: (language: 'en') => string) => Number.parseFloat(text('en').replace('−', '-'));

it('the affine example follows, line by line, from the numbers that are printed', () => {
	const { codesLow, codesHigh, codesScale, codesZeroExact, codesZero, codesValue } = sideBySide;
	const { codesSteps, codesWhole, codesCode, codesBack, codesError, codesHalf } = sideBySide;
	const scale = read(codesScale);
	expect(scale).toBe(Number(((read(codesHigh) - read(codesLow)) / 255).toFixed(6)));
	expect(read(codesZeroExact)).toBe(Number((-read(codesLow) / scale).toFixed(2)));
	expect(read(codesZero)).toBe(Math.round(read(codesZeroExact)));
	expect(read(codesSteps)).toBe(Number((read(codesValue) / scale).toFixed(2)));
	expect(read(codesWhole)).toBe(Math.round(read(codesSteps)));
	expect(read(codesCode)).toBe(read(codesWhole) + read(codesZero));
	expect(read(codesBack)).toBe(Number((read(codesWhole) * scale).toFixed(4)));
	expect(read(codesError)).toBeCloseTo(read(codesBack) - read(codesValue), 9);
	expect(Math.abs(read(codesError))).toBeLessThanOrEqual(read(codesHalf));
	// Rounding is shown only by a zero point that needs it.
	expect(read(codesZeroExact)).not.toBe(read(codesZero));
});

it('a reader who divides the intensities of the table finds how many times thinner one is', () => {
	const ratio = read(sideBySide.pointwiseIntensity) / read(sideBySide.depthwiseIntensity);
	expect(read(sideBySide.thinner)).toBeCloseTo(ratio, 1);
});

it('leads over MobileNet are differences of the accuracies and errors that are printed', () => {
	expect(read(shufflenet.gainRival)).toBeCloseTo(
		100 - read(shufflenet.s4Error) - read(shufflenet.rivalTop1),
		6
	);
	expect(read(shufflenet.gainWorst)).toBeCloseTo(read(shufflenet.m4Error) - read(shufflenet.middleOne), 6);
	expect(read(shufflenet.shuffleGain8)).toBeCloseTo(
		read(shufflenet.unshuffled) - read(shufflenet.shuffled),
		6
	);
	expect(read(shufflenet.shuffleGain3)).toBeCloseTo(
		read(shufflenet.unshuffled3) - read(shufflenet.shuffled3),
		6
	);
});
