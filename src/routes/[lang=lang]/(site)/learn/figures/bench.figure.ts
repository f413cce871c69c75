import { lessonFigure } from '$lib/viz/lessonFigure';
import LessonBench from './LessonBench.svelte';
import { ignoredByBench, openBench } from './openBench';

/** `bench/standard?k=3&step=12`: an operation stepped through, as on its page. */
export default lessonFigure(LessonBench, (search, of) => openBench(search, of, (bench) => ({ bench })), {
	height: { wide: 800, narrow: 1420 },
	ignored: ignoredByBench
});
