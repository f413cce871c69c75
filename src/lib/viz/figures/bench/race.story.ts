import { story } from '../../story';
import Race from './Race.svelte';
import { defaults } from './spec';

export default story(Race, {
	start: () => ({ spec: defaults('separable') }),
	'separable-is-done': () => ({ spec: defaults('separable'), tick: 230 }),
	'standard-is-first': () => ({ spec: { ...defaults('separable'), filters: 1 }, tick: 200 }),
	large: () => ({
		spec: { ...defaults('separable'), height: 12, width: 12, channels: 12, filters: 12 },
		tick: 18_000
	})
});
