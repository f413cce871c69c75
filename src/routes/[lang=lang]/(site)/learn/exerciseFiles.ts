import type { Exercise } from '$lib/lessons/compiler/lesson';

const files = import.meta.glob<Readonly<Record<string, Exercise>>>('./exercises/*.ts', { import: 'default' });

/** Brings the exercises of a chapter: they come when other sizes are asked for than those that the page was made with. */
export async function loadExercises(slug: string): Promise<Readonly<Record<string, Exercise>>> {
	return (await files[`./exercises/${slug}.ts`]?.()) ?? {};
}
