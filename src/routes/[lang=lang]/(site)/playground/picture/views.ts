import { Lazy } from '$lib/viz/ui/lazy.svelte';

/** What stands in the picture's place while something else gives it: loaded when it is first wanted. */
export class PictureViews {
	readonly drawing = new Lazy(() => import('./Drawing.svelte'));
	readonly camera = new Lazy(() => import('./LiveView.svelte'));
}
