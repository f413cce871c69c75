import { getLocale } from '$lib/i18n';
import { recordedTiming, type RecordedNetwork } from '$lib/nets/times/recorded';
import { spreadOf } from '$lib/nets/times/spread';
import { story } from '../../story';
import { defaultSpec, knobsOf } from './address';
import { catalogue } from './catalogue';
import { Comparison } from './compare.svelte';
import Plot from './Plot.svelte';
import type { CompareSpec } from './spec';

const at = (part: Partial<CompareSpec>) => () => {
	const { models, lines } = catalogue(getLocale());
	const comparison = new Comparison(models, lines);
	comparison.spec = { ...defaultSpec, ...part };
	return { comparison, hrefOf: () => null };
};

export default story(Plot, {
	default: at({}),
	'accuracy-front': at({ y: 'top1', front: true }),
	'four-networks': at({
		hidden: ['successor', 'reference'],
		network: 'shufflenet',
		knobs: knobsOf('shufflenet')
	}),
	times: () => {
		const { comparison, ...rest } = at({ x: 'latency', y: 'macs' })();
		comparison.times = new Map(
			['squeezenet', 'mobilenet', 'shufflenet', 'xception'].map((id) => [
				id,
				spreadOf(recordedTiming(id as RecordedNetwork).runs)
			])
		);
		return { comparison, ...rest };
	},
	'model-size': at({ x: 'params', y: 'top1', weightType: 'int8' })
});
