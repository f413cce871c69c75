import { expect, it } from 'vitest';
import { fittingText } from '$lib/viz/figures/inside/painter';

/** Letters of 6 pixels. */
const pen = { measureText: (text: string) => ({ width: 6 * text.length }) as TextMetrics };

it('cuts a name to the room that its stack has', () => {
	expect(fittingText(pen, 'conv1', 70)).toBe('conv1');
	expect(fittingText(pen, 'separable_conv2d_3_dw', 70)).toBe('separ…_3_dw');
	expect(fittingText(pen, 'wide', 1)).toBe('…e');
});
