import { story } from '../../story';
import Inside from './Inside.svelte';
import { seededSource } from './seeded';
import { defaultInside, type InsideState } from './state';

const at = (part: Partial<InsideState>) => () => {
	const source = seededSource();
	return { source, initial: { ...defaultInside(source.network), ...part } };
};

export default story(Inside, {
	layer: at({}),
	pixel: at({ layer: 'conv1', channel: 4, pixel: { y: 5, x: 0 } }),
	deep: at({ layer: 'expand3', channel: 2, pixel: { y: 2, x: 3 }, sort: 'strength' }),
	class: at({ layer: 'fc', channel: 3, pixel: { y: 0, x: 0 }, classIndex: 3 })
});
