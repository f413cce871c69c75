import type { KnobValues } from '$lib/nets/knobs';
import { story } from '../../story';
import { Fire } from './fire.svelte';
import FireFigure from './FireFigure.svelte';
import type { fireKnobs } from './knobs';

const at = (given: Partial<KnobValues<typeof fireKnobs>>) => () => ({ fire: new Fire(given) });

export default story(FireFigure, {
	fire2: at({}),
	fire9: at({ inChannels: 512, resolution: 13, s1: 64 }),
	'no-squeeze': at({ inChannels: 32, s1: 128, e1: 16, e3: 96, lock: false })
});
