import type { EngineError, Notice, WeightProblem } from '$lib/engine/client';
import type { Params } from '$lib/formats/tensors';
import { m } from '$lib/i18n';
import { cut, cutNames } from '$lib/viz/words/cut';
import { formatBytes } from '$lib/viz/words/format';

/** What went wrong in the engine, and what can be done, in the reader's language. */
export function engineProblem({ code, params, message }: EngineError): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	switch (code) {
		case 'weights':
			return weightsProblem(text('code'), params);
		case 'problems':
			return m.playground_error_problems({ count: text('count') });
		case 'notFinite':
			return m.playground_error_not_finite({ node: text('node') });
		case 'memory':
			return m.playground_error_memory();
		case 'backend':
			return m.playground_error_backend({ reason: text('reason') });
		case 'script':
			return m.playground_error_script();
		case 'opaque':
			return m.playground_error_opaque({ node: text('node'), type: text('type') });
		case 'input':
		case 'graph':
			return m.playground_error_input({ reason: text('reason') });
		case 'unloaded':
			return m.playground_error_unloaded();
		case 'cancelled':
			return m.playground_error_cancelled();
		default:
			return message;
	}
}

/** What is wrong with a file of weights, by its code. */
export function weightsProblem(code: string, params: Params): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	const status = Number(params['status'] ?? 0);
	const file = cutNames(String(params['file'] ?? '').split('\n'));
	const tensor = text('tensor');
	switch (code) {
		case 'notJson':
			return m.playground_weights_not_json({ file });
		case 'notAModel':
			return m.playground_weights_not_a_model({ file });
		case 'missingFile':
			return m.playground_weights_missing_file({ file });
		case 'fetch':
			if (text('stalled')) return m.playground_weights_stalled({ file });
			return status === 0
				? m.playground_weights_offline({ file })
				: m.playground_weights_fetch({ file, status: String(status) });
		case 'altered':
			return m.playground_weights_altered({ file });
		case 'size':
			return m.playground_weights_size({
				file,
				actual: formatBytes(Number(text('actual'))),
				expected: formatBytes(Number(text('expected')))
			});
		case 'dataType':
			return m.playground_weights_data_type({ file, tensor, type: text('type') });
		case 'duplicate':
			return m.playground_weights_duplicate({ file, tensor });
		case 'notSafetensors':
			return m.playground_weights_not_safetensors({ file });
		case 'otherThanSet':
			return m.playground_weights_other_than_set({ file });
		default:
			return m.playground_weights_unknown_files();
	}
}

/** What is wrong with one weight; the layer's name stands before it. */
export function weightProblem({ code, params }: WeightProblem): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	switch (code) {
		case 'missing':
			return m.playground_weight_missing({ weight: text('weight'), name: text('name') });
		case 'shape':
			return m.playground_weight_shape({
				weight: text('weight'),
				actual: text('actual'),
				expected: text('expected')
			});
		case 'notFinite':
			return m.playground_weight_not_finite({
				weight: text('weight'),
				count: text('count'),
				index: text('index')
			});
		case 'negative':
			return m.playground_weight_negative({
				weight: text('weight'),
				value: text('value'),
				index: text('index')
			});
		case 'unexpected':
			return m.playground_weight_unexpected({ actual: text('actual') });
	}
}

/** What the reader should know of the backend. */
export function noticeText({ code, params }: Notice): string {
	const backend = m.backends_name({ backend: params['backend'] ?? '' });
	switch (code) {
		case 'unavailable':
			return m.playground_notice_unavailable({ backend });
		case 'failed':
			return m.playground_notice_failed({ backend });
		case 'oneThread':
			return m.playground_notice_one_thread();
	}
}
