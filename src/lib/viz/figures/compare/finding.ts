import { m } from '$lib/i18n';
import { formatFactor } from '../../words/format';
import { accuracyOf, type Model } from './model';
import { percentText } from './words';

/** That accuracies are of several sources, on the pair of networks where a reader would be misled most. */
export function sourcesText(models: readonly Model[]): string {
	const [first, second] = ['inception-v3', 'xception'].map((id) => {
		const model = models.find((model) => model.id === id);
		if (!model) throw new RangeError(`${id} is not among the models`);
		return model;
	}) as [Model, Model];
	const [ours, its] = first.top1;
	const [other] = second.top1;
	if (!ours || !its || !other) throw new RangeError('Inception v3 has two accuracies, and Xception one');
	const [oursText, itsText, otherText] = [ours, its, other].map(({ value }) => percentText(value));
	return m.compare_sources({
		...{ first: first.name, second: second.name },
		...{ ours: oursText!, its: itsText!, other: otherText! }
	});
}

/** What the chart shows at first sight, in numbers of its own models. */
export function finding(models: readonly Model[]): string {
	const [alexnet, squeezenet, shufflenet] = ['alexnet', 'squeezenet', 'shufflenet'].map((id) => {
		const model = models.find((model) => model.id === id);
		if (!model) throw new RangeError(`${id} is not among the models`);
		return model;
	}) as [Model, Model, Model];
	const points = (accuracyOf(shufflenet) ?? NaN) - (accuracyOf(alexnet) ?? NaN);
	return m.compare_lead({
		squeezeParams: formatFactor(Math.round(alexnet.params / squeezenet.params)),
		squeezeMacs: formatFactor(squeezenet.macs / alexnet.macs),
		points: points.toFixed(0),
		shuffleParams: formatFactor(Math.round(alexnet.params / shufflenet.params)),
		shuffleMacs: (alexnet.macs / shufflenet.macs).toFixed(1)
	});
}
