import type { LessonFigure } from '$lib/viz/lessonFigure';

const files = {
	...import.meta.glob<LessonFigure>('/src/lib/viz/figures/**/*.figure.ts', { import: 'default' }),
	...import.meta.glob<LessonFigure>('/src/routes/**/learn/**/*.figure.ts', { import: 'default' })
};

const loaders = new Map(
	Object.entries(files).map(([path, load]) => [path.replace(/^.*\/([\w-]+)\.figure\.ts$/, '$1'), load])
);

/** Loads a figure by its id. */
export async function loadFigure(id: string): Promise<LessonFigure> {
	const load = loaders.get(id);
	if (!load) throw new Error(`there is no figure ${id}; there are ${[...loaders.keys()].join(', ')}`);
	return load();
}
