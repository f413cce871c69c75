import type { TextColumn } from '../../ui/tableText';
import { accuracyOf, operationsOf, paramsOf, weightTypes, type ModelCost, type WeightType } from './model';
import type { TableRow } from './tableRow';

/** Where batch norm's share is not known, the total is one number. */
const split = (model: ModelCost, batchNorm: 'none' | 'all') =>
	model.bnTrainable === null ? null : paramsOf(model, batchNorm);

/** Columns of the models' file: every convention side by side, empty where a number is not known. Titles for programs: the same in every language. */
export const fileColumns: readonly TextColumn<TableRow>[] = [
	{ title: 'id', value: ({ id }) => id },
	{ title: 'name', value: ({ name }) => name },
	{ title: 'group', value: ({ group }) => group ?? 'own' },
	{ title: 'year', value: ({ year }) => year },
	{ title: 'input', value: ({ input }) => input },
	{ title: 'params_trainable', value: ({ params }) => params },
	{ title: 'params_without_batch_norm', value: (model) => split(model, 'none') },
	{ title: 'params_with_statistics', value: (model) => split(model, 'all') },
	{ title: 'macs', value: ({ macs }) => macs },
	{ title: 'flops', value: (model) => operationsOf(model, 'flops') },
	...(Object.keys(weightTypes) as WeightType[]).map((type) => ({
		title: `bytes_${type}`,
		value: ({ params }: TableRow) => params * weightTypes[type]
	})),
	{ title: 'top1', value: accuracyOf },
	{ title: 'top1_source', value: ({ top1 }) => top1[0]?.source },
	{ title: 'latency_ms', value: ({ latency }) => latency?.median },
	{ title: 'origin', value: ({ origin }) => (origin === 'own' ? 'graph' : origin) }
];
