import type { WeightSet } from '$lib/engine/client';
import { m } from '$lib/i18n';

/** Everyday words among the classes, which are translated; ImageNet's thousand are English everywhere. */
const words: Readonly<Record<string, () => string>> = {
	airplane: m.playground_class_airplane,
	automobile: m.playground_class_automobile,
	bird: m.playground_class_bird,
	cat: m.playground_class_cat,
	deer: m.playground_class_deer,
	dog: m.playground_class_dog,
	frog: m.playground_class_frog,
	horse: m.playground_class_horse,
	ship: m.playground_class_ship,
	truck: m.playground_class_truck
};

/** Names of a set's classes, in the reader's language where they are there; ImageNet's are loaded now. */
export async function classNames(classes: WeightSet['classes']): Promise<readonly string[]> {
	if (classes !== 'imagenet') return classes.map(className);
	return (await import('$lib/engine/labels')).imagenetClasses;
}

/** A class in the reader's language. */
export function className(name: string): string {
	return words[name]?.() ?? name;
}
