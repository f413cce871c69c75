import type { Environment } from 'vitest/runtime';

/**
 * Where state classes are tested: Node, with modules as browsers get them, so that Svelte's runes are compiled for a page that
 * lives. There is no document; what of a browser a state needs, a test gives it.
 */
export default {
	name: 'client',
	viteEnvironment: 'client',
	setup: () => ({ teardown() {} })
} satisfies Environment;
