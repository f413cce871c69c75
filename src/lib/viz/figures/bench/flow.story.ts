import { story } from '../../story';
import Flow from './Flow.svelte';
import { benchAt } from './stories';

export default story(Flow, {
	separable: () => ({ bench: benchAt('separable', {}) }),
	shuffle: () => ({ bench: benchAt('shuffle', {}) }),
	'shuffle-off': () => ({ bench: benchAt('shuffle', { shuffle: false }) })
});
