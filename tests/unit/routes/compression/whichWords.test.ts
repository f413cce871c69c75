import { describe, expect, it } from 'vitest';
import { readWeightSets } from '$lib/running/weightSets';
import { integersOf } from '../../../../src/routes/[lang=lang]/(site)/compression/integersOf';
import { hurtMost, whichWords } from '../../../../src/routes/[lang=lang]/(site)/compression/whichWords';

const folder = 'static/weights';
const measured = readWeightSets(folder)
	.filter(({ id }) => id.startsWith('cifar10-'))
	.flatMap((set) => integersOf(folder, set, 'en'));
const pictures = 10_000;

describe('whichWords(hurtMost(measured, bits, granularity), chosen)', () => {
	it.each([
		[3, 'channel', 'Xception that loses most. The activations hurt it more than the weights.'],
		[4, 'channel', 'ShuffleNet v1, equalised that loses most. Both hurt it about alike.'],
		[4, 'tensor', 'ShuffleNet v1, equalised that loses most. The weights hurt it above all.'],
		[5, 'channel', 'ShuffleNet v1, equalised that loses most. The activations hurt it above all.']
	] as const)('at %d bits, a scale for each %s: %s', (bits, granularity, said) => {
		const of = hurtMost(measured, bits, granularity);
		expect(whichWords(of, { bits, granularity, pictures })).toContain(
			`Which of the two hurts? With both lowered, whatever is chosen above, it is ${said}`
		);
		expect(whichWords(of, { bits, granularity, pictures })).toContain(`activations of ${bits} bits`);
	});

	it('says nothing of “above all” where losses lie near each other', () => {
		const shufflenet = measured.find(({ network, isUsed }) => network === 'shufflenet' && isUsed)!;
		const words = whichWords(shufflenet, { bits: 4, granularity: 'channel', pictures });
		expect(words).toContain('Both hurt it about alike');
		expect(words).toContain(
			'weights cost 3.99 points, for activations 4.69 more. Three accuracies are in that comparison, and chance in it is 0.9 points.'
		);
	});
});
