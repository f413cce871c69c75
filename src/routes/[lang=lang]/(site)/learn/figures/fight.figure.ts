import { FigureKnobs } from '$lib/viz/figures/figureKnobs.svelte';
import { fightKnobs } from '$lib/viz/figures/fight/knobs';
import { knobsFigure } from '$lib/viz/lessonFigure';
import Fight from '../../fight/Fight.svelte';

/** `fight?x=time`: one backbone trained with seven ways of convolving. */
export default knobsFigure(
	Fight,
	fightKnobs,
	(given) => {
		const knobs = new FigureKnobs(fightKnobs, given);
		return {
			...{ props: { knobs }, knobs },
			get page() {
				return `/fight${knobs.search}`;
			}
		};
	},
	{ wide: 900, narrow: 1000 }
);
