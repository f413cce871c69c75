import { story } from '../../story';
import { DotRaceState } from './dotRace.svelte';
import DotRaceFigure from './DotRaceFigure.svelte';

const after = (done: number) => () => ({ state: new DotRaceState({ done }) });

export default story(DotRaceFigure, {
	start: after(0),
	'one-waits': after(1500),
	over: after(4608)
});
