import { story } from '../../story';
import { pictureAt } from './layout/pictureAt';
import ThreadsStill from './ThreadsStill.svelte';
import { wallOf } from './ways';

/** Sixteen channels, whose threads can be counted in the golden picture. */
const wall = wallOf({ channels: 16 });
const at =
	(t: number, isTall = false) =>
	() => ({
		picture: pictureAt(t, wall),
		isTall,
		...(isTall ? { width: 330, height: 420 } : {})
	});

export default story(ThreadsStill, {
	standard: at(0),
	snapping: at(0.3),
	depthwise: at(2),
	separable: at(3),
	'between-separable-and-walls': at(3.5),
	shuffling: at(4.5),
	shuffle: at(5),
	'shuffle-tall': at(5, true)
});
