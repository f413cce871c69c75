import { expect, it } from 'vitest';
import { middleCut } from '$lib/viz/words/middleCut';

const cut = (name: string, most: number) => middleCut(name, ({ length }) => length <= most);

it('leaves a name that fits', () => expect(cut('conv_dw_1', 9)).toBe('conv_dw_1'));

it('keeps the end, by which names of layers are told apart', () => {
	const names = Array.from({ length: 9 }, (_, i) => cut(`conv_dw_${i + 1}`, 8));
	expect(names[0]).toBe('con…dw_1');
	expect(new Set(names).size).toBe(9);
	expect(cut('fire2.expand1x1', 13)).toBe('fire2.…and1x1');
	expect(cut('fire2.expand3x3', 13)).toBe('fire2.…and3x3');
});

it('leaves at least the last letter, and no half of one', () => {
	expect(cut('conv', 0)).toBe('…v');
	expect(cut('𝒜𝒷𝒸', 4)).toBe('…𝒸');
	expect(cut('', 0)).toBe('');
});
