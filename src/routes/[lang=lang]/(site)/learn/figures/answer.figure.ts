import { asset } from '$app/paths';
import type { WeightSet } from '$lib/engine/client';
import { fetchJson } from '$lib/stored/fetchOwn';
import { knobsCodec } from '$lib/viz/address/knobs';
import { keepSearch, lessonFigure } from '$lib/viz/lessonFigure';
import { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import { answerKnobs } from './answerKnobs';
import LessonAnswer from './LessonAnswer.svelte';

/** The network that answers: the one of the four that looks at a picture in fewest steps. */
const id = 'cifar10-mobilenet';

export default lessonFigure(
	LessonAnswer,
	async (search) => {
		const set = await fetchJson<WeightSet>(asset(`/weights/${id}/set.json` as '/'));
		const knobs = new FigureKnobs(answerKnobs, knobsCodec(answerKnobs).parse(search).value);
		return {
			props: { knobs, set },
			set: (phrase) => knobs.readPhrase(phrase),
			keep: keepSearch(knobs),
			page: '/playground'
		};
	},
	{ knobs: answerKnobs, height: { wide: 215, narrow: 340 } }
);
