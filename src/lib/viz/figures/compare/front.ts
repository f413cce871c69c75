import { paretoFront } from './layout/paretoFront';
import { accuracyOf, type BatchNorm, type Model } from './model';
import { valueOf, type Quantity } from './spec';

/**
 * Ids of the models that no other beats in all of these quantities at once: fewer MACs and parameters, less time, a higher
 * top-1. Those without a published top-1, or without one of the quantities, do not take part.
 */
export function frontOf(
	models: readonly Model[],
	quantities: readonly Quantity[],
	batchNorm: BatchNorm
): ReadonlySet<string> {
	const isKnown = (model: Model) =>
		quantities.every((quantity) => valueOf(model, quantity, batchNorm) !== null);
	const rated = models.filter((model) => accuracyOf(model) !== null && isKnown(model));
	const criteria = quantities.map((quantity) => {
		const sign = quantity === 'top1' ? -1 : 1;
		return (model: Model) => sign * (valueOf(model, quantity, batchNorm) ?? NaN);
	});
	return new Set(paretoFront(rated, criteria).map(({ id }) => id));
}
