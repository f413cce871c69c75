import { knobsCodec } from '../../address/knobs';
import { writtenParts } from '../../address/codec';
import { keepSearch, lessonFigure } from '../../lessonFigure';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { workedKnobs } from './knobs';
import { isWorkedModule } from './modules';
import WorkedFigure from './WorkedFigure.svelte';

/** `worked/fire?code=keras`: a module worked out beside its program. */
export default lessonFigure(
	WorkedFigure,
	(search, of) => {
		if (!isWorkedModule(of)) throw new Error(`there is no module ${of}`);
		const knobs = new FigureKnobs(workedKnobs, knobsCodec(workedKnobs).parse(search).value);
		return {
			props: { module: of, knobs },
			set: (phrase) => knobs.readPhrase(phrase),
			keep: keepSearch(knobs)
		};
	},
	{
		height: { wide: 1260, narrow: 1290 },
		ignored: (search, of) => [
			...(isWorkedModule(of) ? [] : [of]),
			...writtenParts(knobsCodec(workedKnobs).parse(search).ignored)
		]
	}
);
