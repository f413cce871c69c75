import { operationsOf, paramsOf, weightTypes, type Model, type WeightType } from './model';

/** Heads of the columns, for programs: the same in every language. */
export const csvHeads = [
	'id',
	'name',
	'group',
	'year',
	'input',
	'params_trainable',
	'params_without_batch_norm',
	'params_with_statistics',
	'macs',
	'flops',
	'bytes_float32',
	'bytes_float16',
	'bytes_int8',
	'top1',
	'top1_source',
	'latency_ms',
	'origin'
] as const;

/** The models as CSV (RFC 4180): every convention side by side, empty where a number is not known. */
export function toCsv(models: readonly Model[]): string {
	return [csvHeads, ...models.map(rowOf)].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function rowOf(model: Model): (string | number)[] {
	const [top1] = model.top1;
	const isSplit = model.bnTrainable !== null;
	return [
		model.id,
		model.name,
		model.group,
		model.year,
		model.input,
		model.params,
		isSplit ? paramsOf(model, 'none') : '',
		isSplit ? paramsOf(model, 'all') : '',
		model.macs,
		operationsOf(model, 'flops'),
		...(Object.keys(weightTypes) as WeightType[]).map((type) => model.params * weightTypes[type]),
		top1?.value ?? '',
		top1?.source ?? '',
		model.latency?.median ?? '',
		model.origin
	];
}

function quoted(cell: string | number): string {
	const text = String(cell);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
