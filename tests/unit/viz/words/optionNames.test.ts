import { expect, it } from 'vitest';
import { useLocale } from '$lib/i18n';
import { kinds, operatorOf, OpError } from '$lib/ops';
import { opProblem } from '$lib/viz/words/operatorProblem';
import { optionName, optionPath } from '$lib/viz/words/optionNames';

it('calls every option of every operator by a word of the page', () => {
	const options = new Set(kinds.flatMap((kind) => Object.keys(operatorOf(kind).fields)));
	for (const option of options) expect(optionName(option)).not.toMatch(/[A-Z]/);
	useLocale('zh');
	for (const option of options) expect(optionName(option)).not.toMatch(/[a-z]/);
	useLocale('en');
});

it('says of a refusal which option it is about, and where in it', () => {
	expect([optionPath('kernelSize[0]'), optionPath('padding.left')]).toEqual([
		'kernel (height)',
		'padding (left)'
	]);
	expect([optionPath('sizes[2]'), optionPath('inputs[1]')]).toEqual(['part 3', 'input 2']);
	const refusal = (options: object) => {
		try {
			operatorOf('conv2d').geometry([[8, 8, 3]], options as never);
		} catch (error) {
			if (error instanceof OpError) return opProblem(error);
		}
		return null;
	};
	expect(refusal({ outChannels: 2, kernelSize: [0, 1] })).toMatch(
		/^kernel \(height\) = 0 is not a whole number/
	);
	expect(refusal({ outChannels: 2, kernelSize: 1, bias: 7 })).toBe('bias = 7 is neither true nor false.');
});
