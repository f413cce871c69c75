import { lessonFigure } from '$lib/viz/lessonFigure';
import LessonBench from './LessonBench.svelte';
import { ignoredByBench, openBench } from './openBench';

/** `bench/standard?k=3&step=12`: an operation stepped through, as on its page. */
export default lessonFigure(LessonBench, (search, of) => openBench(search, of, (bench) => ({ bench })), {
	height: { wide: 740, narrow: 1250 },
	ignored: ignoredByBench
});
