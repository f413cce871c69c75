import { expect, it } from 'vitest';
import { atLeast, countText } from '$lib/viz/words/counts';

it('says of a count that it is a lower bound where parts are unknown, and of none that nothing is counted', () => {
	expect([atLeast('27.2k', 0), atLeast('27.2k'), atLeast('27.2k', 2)]).toEqual([
		'27.2k',
		'27.2k',
		'at least 27.2k'
	]);
	expect([countText(1200, 0), countText(1200, 1), countText(0, 1), countText(0, 0)]).toEqual([
		'1,200',
		'at least 1,200',
		'not counted',
		'0'
	]);
});
