import { story } from '../../story';
import InsideFigure from './InsideFigure.svelte';
import { seededSource } from './seeded';
import type { InsideState } from './state';

const at = (part: Partial<InsideState>) => () => ({
	source: seededSource(),
	initial: part
});

export default story(
	InsideFigure,
	{
		network: at({}),
		layer: at({ layer: 'conv1', sort: 'channel' }),
		map: at({ layer: 'conv1', channel: 4 }),
		pixel: at({ layer: 'conv1', channel: 4, pixel: { y: 5, x: 0 } }),
		deep: at({ layer: 'expand3', channel: 2, pixel: { y: 2, x: 3 }, sort: 'strength' }),
		class: at({ layer: 'fc', channel: 3, pixel: { y: 0, x: 0 }, classIndex: 3 })
	},
	// Maps are pixels: what is golden is what is said of them.
	{ isPanel: true }
);
