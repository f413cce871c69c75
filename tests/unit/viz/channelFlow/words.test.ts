import { expect, it } from 'vitest';
import { className } from '../../../../src/lib/viz/channelFlow/words';

const classes = (kind: 'channel' | 'group') =>
	({ kind, of: [0, 0, 0, 1, 1, 1], sizes: [3, 3], count: 2 }) as unknown as Parameters<typeof className>[0];

it('channels and groups are counted from 0, as in the formula of the shuffle', () => {
	expect(className(classes('channel'), 4)).toBe('Input channel 4');
	expect(className(classes('group'), 0)).toBe('Group 0 (channels 0–2)');
	expect(className(classes('group'), 1)).toBe('Group 1 (channels 3–5)');
});

it('a single channel is no range', () => {
	const single = (kind: 'group' | 'part') =>
		({ kind, of: [0, 1, 1, 2], sizes: [1, 2, 1], count: 3 }) as unknown as Parameters<typeof className>[0];
	expect(className(single('group'), 2)).toBe('Group 2 (channel 3)');
	expect(className(single('part'), 0)).toBe('Channel 0');
	expect(className(single('part'), 1)).toBe('Channels 1–2');
});
