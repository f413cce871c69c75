import { afterEach, describe, expect, it } from 'vitest';
import { useLocale } from '$lib/i18n';
import { classScoreWords, roundedBetween } from '$lib/viz/figures/inside/classScore';

const cat = { score: 4.393, average: 4.129, bias: 0.2524, isOnIntegers: true };
const airplane = { score: -0.4606, average: -0.5202, bias: 0.0688, isOnIntegers: true };

/** What is written of a sum, added up as a reader does. */
const added = (terms: string) =>
	terms
		.split(' + ')
		.map((term) => Number(term.replace(/[()]/g, '').replace('−', '-')))
		.reduce((sum, term) => sum + term, 0);

describe('classScoreWords(score)', () => {
	afterEach(() => useLocale('en'));

	it.each([cat, airplane])(
		'has terms that add up to the score $score where integers round in between',
		(of) => {
			expect(added(classScoreWords(of).terms)).toBeCloseTo(of.score, 4);
		}
	);

	it('says in both languages what the difference is', () => {
		expect(classScoreWords(cat).are).toMatch(/rounding.*integers/);
		useLocale('zh');
		expect(classScoreWords(cat).are).toMatch(/舍入.*整数/);
	});

	it('says what is rounded where there is no bias, too', () => {
		const { terms, are } = classScoreWords({ ...cat, bias: null, score: 4.1 });
		expect(added(terms)).toBeCloseTo(4.1, 4);
		expect(are).toMatch(/rounding/);
	});

	it('has the average and the bias alone where they are the score but for noise', () => {
		const of = { score: 4.3814000012, average: 4.129, bias: 0.2524, isOnIntegers: false };
		expect(roundedBetween(of)).toBe(0);
		expect(classScoreWords(of)).toEqual({
			terms: '4.129 + 0.2524',
			are: 'the average of the map, and the bias.'
		});
		expect(classScoreWords({ ...of, bias: null, score: 4.129 }).terms).toBe('4.129');
	});
});
