import type { Story } from '$lib/viz/story';

const files = import.meta.glob<Story>('/src/lib/viz/**/*.story.ts', { eager: true, import: 'default' });

/** A figure of the gallery: `bench/figure`, its component, and its states. */
export interface Shown extends Story {
	readonly name: string;
}

/** All stories, by where their files are. */
export const stories: readonly Shown[] = Object.entries(files).map(([path, story]) => ({
	...story,
	name: path.replace(/^.*\/viz\/(figures\/)?/, '').replace(/\.story\.ts$/, '')
}));
