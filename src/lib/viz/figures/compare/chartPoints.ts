import { accuracyArea, amountArea, type ChartPoint } from './layout/chart';
import type { Comparison } from './compare.svelte';
import { groupLooks } from './words';

/** What the chart draws of the models: areas are for the quantity that is on neither axis. */
export function chartPoints(
	comparison: Pick<Comparison, 'models' | 'plotted' | 'spec' | 'front' | 'sizeQuantity' | 'valueOf'>
): ChartPoint[] {
	const { models, plotted, spec, front, sizeQuantity } = comparison;
	const amounts = models.map((model) => comparison.valueOf(model, sizeQuantity) ?? 0);
	const most = Math.max(...amounts);
	return plotted.map((model) => {
		const amount = comparison.valueOf(model, sizeQuantity);
		return {
			id: model.id,
			shape: groupLooks[model.group].shape,
			// On a front, the others' names would only be in its way.
			label: spec.front && !front.has(model.id) ? '' : model.label,
			rank: model.rank,
			x: comparison.valueOf(model, spec.x) ?? NaN,
			y: comparison.valueOf(model, spec.y) ?? NaN,
			area: sizeQuantity === 'top1' ? accuracyArea(amount) : amountArea(amount ?? 0, most)
		};
	});
}
