import { story } from '../../story';
import { Bench } from './bench.svelte';
import Flow from './Flow.svelte';
import { defaults } from './spec';

export default story(Flow, {
	separable: () => ({ bench: new Bench(defaults('separable')) }),
	shuffle: () => ({ bench: new Bench(defaults('shuffle')) }),
	'shuffle-off': () => ({ bench: new Bench({ ...defaults('shuffle'), shuffle: false }) })
});
