import { m } from '$lib/i18n';
import type { OpError } from '$lib/ops';
import { cut } from './cut';
import { optionPath } from './optionNames';

/** What is wrong with an operator's arguments, and what would be right, in the reader's language. */
export function opProblem({
	code,
	params,
	value,
	valid
}: Pick<OpError, 'code' | 'params' | 'value' | 'valid'>): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	const given = { value: valueText(value), path: cut(optionPath(String(params['path'] ?? ''))) };
	switch (code) {
		case 'wholeNumber':
			return m.networks_error_op_wholeNumber({ ...given, min: text('min') });
		case 'number':
			return m.networks_error_op_number({ ...given, valid: valid.join(', ') });
		case 'flag':
			return m.networks_error_op_flag(given);
		case 'pair':
			return m.networks_error_op_pair(given);
		case 'padding':
			return m.networks_error_op_padding(given);
		case 'groups':
			return m.networks_error_op_groups({
				groups: given.value,
				total: text('total'),
				valid: valid.join(', ')
			});
		case 'kernelTooLarge':
			return m.networks_error_op_kernelTooLarge({
				span: text('span'),
				size: text('size'),
				max: text('max')
			});
		case 'poolPadding':
			return m.networks_error_op_poolPadding({ size: text('size'), max: text('max') });
		case 'cropTooLarge':
			return m.networks_error_op_cropTooLarge({ crop: text('crop'), size: text('size'), max: text('max') });
		case 'outputPadding':
			if (params['padding'] === 'same')
				return m.networks_error_op_outputPadding_same({ value: text('value') });
			return m.networks_error_op_outputPadding({ value: text('value'), max: text('max') });
		case 'outputTooLarge':
			return m.networks_error_op_outputTooLarge({ size: text('size'), max: text('max') });
		case 'inputCount':
			return m.networks_error_op_inputCount({
				kind: text('kind'),
				expected: text('expected'),
				value: given.value
			});
		case 'shape':
			return m.networks_error_op_shape(given);
		case 'shapesDiffer':
			return m.networks_error_op_shapesDiffer({ ...given, first: text('first') });
		case 'splitSum':
			return m.networks_error_op_splitSum({ sum: text('sum'), channels: text('channels') });
		case 'choice':
			return m.networks_error_op_choice({ ...given, choices: text('choices') });
		case 'block':
			return m.networks_error_op_block({ block: text('block'), of: text('of'), total: text('total') });
	}
}

function valueText(value: unknown): string {
	return cut(typeof value === 'number' || typeof value === 'string' ? String(value) : JSON.stringify(value));
}
