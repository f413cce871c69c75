import { openRunner } from '$lib/running/training/runner';
import { writtenParts } from '$lib/viz/address/codec';
import { parseTraining } from '$lib/viz/figures/training/address';
import { Training } from '$lib/viz/figures/training/training.svelte';
import { keepSearch, lessonFigure } from '$lib/viz/lessonFigure';
import TrainingView from '../../train/TrainingView.svelte';

/** `training?ways=group,groupShuffle`: ways of convolving that learn side by side. */
export default lessonFigure(
	TrainingView,
	(search) => {
		const training = new Training(search, openRunner);
		return {
			props: { training },
			set: (phrase) => training.set(phrase),
			keep: keepSearch(training),
			rest: () => training.rest(),
			get page() {
				return `/train${training.search}`;
			}
		};
	},
	{
		height: { wide: 720, narrow: 900 },
		controls: ['task', 'settings', 'pictures', 'networks', 'recipe'],
		ignored: (search, of) => [...(of === '' ? [] : [of]), ...writtenParts(parseTraining(search).ignored)]
	}
);
