import { afterEach, expect, it } from 'vitest';
import { useLocale } from '$lib/i18n';
import { inThisLanguage } from '../../../../src/routes/[lang=lang]/(site)/playground/classes/givenNames';

afterEach(() => useLocale('en'));

it('says names that the page gave in the language of the page, and no other', () => {
	const names = ['Class 4', 'Class 04', 'cup', 'Circles', '类别 12'];
	expect(inThisLanguage(names)).toEqual(['Class 4', 'Class 04', 'cup', 'Circles', 'Class 12']);
	useLocale('zh');
	const there = inThisLanguage(names);
	expect([there[0], there[1], there[2], there[4]]).toEqual(['类别 4', 'Class 04', 'cup', '类别 12']);
	expect(there[3]).not.toBe('Circles');
	// Two that would be one.
	expect(inThisLanguage(['Class 1', '类别 1'])).toEqual(['Class 1', '类别 1']);
});
