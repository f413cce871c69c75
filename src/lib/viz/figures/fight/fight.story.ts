import { story } from '../../story';
import { FigureKnobs } from '../figureKnobs.svelte';
import FightFigure from './FightFigure.svelte';
import { fightKnobs, type FightAxis } from './knobs';
import { contenders, fight } from './measured';

const over = (x: FightAxis) => () => ({
	knobs: new FigureKnobs(fightKnobs, { x }),
	...{ contenders: contenders(fight), recipe: fight.recipe, on: fight.times.on, isRecorded: true }
});

export default story(FightFigure, { macs: over('macs'), time: over('time') });
