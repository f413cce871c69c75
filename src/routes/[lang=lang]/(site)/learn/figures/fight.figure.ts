import { FigureKnobs } from '$lib/viz/figures/figureKnobs.svelte';
import { fightKnobs } from '$lib/viz/figures/fight/knobs';
import { readKnobs } from '$lib/viz/figures/knobsAddress';
import { lessonFigure } from '$lib/viz/lessonFigure';
import Fight from '../../fight/Fight.svelte';

/** `fight?x=time`: one backbone trained with seven ways of convolving. */
export default lessonFigure(
	Fight,
	(search) => {
		const knobs = new FigureKnobs(fightKnobs, readKnobs(fightKnobs, search));
		return {
			props: { knobs },
			set: (phrase) => knobs.set(readKnobs(fightKnobs, phrase)),
			get page() {
				return `/fight${knobs.search}`;
			}
		};
	},
	{ knobs: fightKnobs, height: { wide: 900, narrow: 1000 } }
);
