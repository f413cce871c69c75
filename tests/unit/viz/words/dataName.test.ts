import { afterEach, expect, it } from 'vitest';
import { useLocale } from '$lib/i18n';
import measured from '$lib/viz/figures/convolutionComparison/measured.json';
import { dataName } from '$lib/viz/words/dataName';

afterEach(() => useLocale('en'));

it('says in the language of the page what networks were trained on', () => {
	expect(dataName(measured.recipe.data)).toBe('CIFAR-10 (JPEG copies)');
	useLocale('zh');
	expect(dataName(measured.recipe.data)).toBe('JPEG 版 CIFAR-10');
	expect(dataName('ImageNet')).toBe('ImageNet');
});
