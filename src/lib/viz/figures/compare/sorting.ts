import { accuracyOf, bytesOf, operationsOf, paramsOf, type Counting, type Model } from './model';
import type { Sorting } from './spec';

/** What a column is sorted by; `null` comes last in either direction. */
function sortKey(model: Model, { column }: Sorting, counting: Counting): number | string | null {
	switch (column) {
		case 'params':
			return paramsOf(model, counting.batchNorm);
		case 'macs':
			return operationsOf(model, counting.count);
		case 'size':
			return bytesOf(model, counting);
		case 'top1':
			return accuracyOf(model);
		case 'latency':
			return model.latency?.median ?? null;
		default:
			return model[column];
	}
}

/** The models in the order of a column; equal ones stay as they were. */
export function sortModels(models: readonly Model[], sorting: Sorting, counting: Counting): Model[] {
	const direction = sorting.descending ? -1 : 1;
	const names = new Intl.Collator('en', { numeric: true });
	return models
		.map((model) => ({ model, key: sortKey(model, sorting, counting) }))
		.sort((a, b) => {
			if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
			if (typeof a.key === 'string') return direction * names.compare(a.key, String(b.key));
			return direction * (a.key - Number(b.key));
		})
		.map(({ model }) => model);
}
