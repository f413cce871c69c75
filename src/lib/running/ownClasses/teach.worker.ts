import { drawExamination, examine, type Examination, type Examined } from '$lib/training/head/examination';
import { fitHead, NotLearned, type Features, type Trained } from '$lib/training/head/softmaxRegression';

/** What is to be learned: features of pictures and their classes. */
export interface Lesson {
	readonly features: Features;
	/** Class of each picture, from 0 to below `classes`; each class has two pictures at least. */
	readonly labels: readonly number[];
	readonly classes: number;
	/** Draws which pictures are kept out. */
	readonly seed: number;
}

/** What was learned, and how it was examined. */
export interface Taught {
	/** Trained on all pictures. */
	readonly trained: Trained;
	readonly examination: Examination;
	readonly examined: Examined;
	/** Milliseconds of the training on all pictures. */
	readonly milliseconds: number;
}

/** What the page hears, the last of which ends it. */
export type Told =
	| { readonly kind: 'progress'; readonly share: number }
	| { readonly kind: 'taught'; readonly taught: Taught }
	/** Features or a loss that are no numbers. */
	| { readonly kind: 'failed' };

const tell = (told: Told) => self.postMessage(told);

self.onmessage = ({ data: { features, labels, classes, seed } }: MessageEvent<Lesson>) => {
	try {
		const began = performance.now();
		const trained = fitHead(features, labels, classes);
		const milliseconds = performance.now() - began;
		const examination = drawExamination(labels, classes, seed);
		const parts = examination.folds.length + 1;
		const steps = examine(features, labels, classes, examination);
		for (let done = 1; ; done++) {
			tell({ kind: 'progress', share: done / parts });
			const step = steps.next();
			if (!step.done) continue;
			tell({ kind: 'taught', taught: { trained, examination, examined: step.value, milliseconds } });
			return;
		}
	} catch (error) {
		if (!(error instanceof NotLearned)) throw error;
		tell({ kind: 'failed' });
	}
};
