import { prefersReducedMotion } from 'svelte/motion';
import { writtenParts } from '../../address/codec';
import { lessonFigure } from '../../lessonFigure';
import { nextTask } from '../../ui/nextTask';
import { threadsCodec } from './address';
import { Threads } from './threads.svelte';
import ThreadsInText from './ThreadsInText.svelte';

/** `threads?at=2`: the wall of threads of the home page; a phrase moves its handle. */
export default lessonFigure(
	ThreadsInText,
	async (search) => {
		const threads = new Threads({ isStill: () => prefersReducedMotion.current });
		threads.read(search);
		// What it takes longest to compute, in tasks of their own, so that the page can be scrolled meanwhile.
		await nextTask();
		void threads.wall;
		await nextTask();
		void threads.picture;
		await nextTask();
		return {
			props: { threads },
			set: (phrase) => threads.readPhrase(phrase),
			keep: () => threads.keep(),
			rest: () => threads.stop(),
			get page() {
				return `/${threads.search}`;
			}
		};
	},
	{
		height: { wide: 640, narrow: 560 },
		ignored: (search, of) => [...(of === '' ? [] : [of]), ...writtenParts(threadsCodec.parse(search).ignored)]
	}
);
