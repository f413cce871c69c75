import { describe, expect, it } from 'vitest';
import { nearestWord } from '$lib/nets';

describe('nearestWord(word, candidates)', () => {
	const kinds = ['conv2d', 'maxPool', 'relu', 'channelShuffle'];
	it.each([
		['conv2', 'conv2d'],
		['Conv2D', 'conv2d'],
		['maxpooling', 'maxPool'],
		['chanelShufle', 'channelShuffle'],
		['conv', 'conv2d'],
		['rel', 'relu']
	])('%s is %s', (word, nearest) => expect(nearestWord(word, kinds)).toBe(nearest));

	it.each(['zzqq', 'x'.repeat(120), '', '?'])('nobody meant any of them by “%s”', (word) =>
		expect(nearestWord(word, kinds)).toBe('')
	);
	it('there is none among none', () => expect(nearestWord('conv', [])).toBe(''));
});
