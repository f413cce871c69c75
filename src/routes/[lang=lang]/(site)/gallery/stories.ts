import type { Story } from '$lib/viz/story';

const files = import.meta.glob<Story>('/src/lib/viz/**/*.story.ts', { import: 'default' });

/** `bench-figure` of `/src/lib/viz/figures/bench/figure.story.ts`. */
const nameOf = (path: string) =>
	path
		.replace(/^.*\/viz\/(figures\/)?/, '')
		.replace(/\.story\.ts$/, '')
		.replace('/', '-');

const loaders = new Map(Object.entries(files).map(([path, load]) => [nameOf(path), load]));

/** Figures of the gallery, by where their files are. */
export const figures: readonly string[] = [...loaders.keys()];

/** A figure in its states; `null` for a name of none. */
export async function loadStory(figure: string): Promise<Story | null> {
	return (await loaders.get(figure)?.()) ?? null;
}
