import type { Fixed } from '$lib/formats';
import type { Reason, ReasonCode } from '$lib/formats/reason';
import { m } from '$lib/i18n';
import { workerEnded } from '$lib/stored/startWorker';
import { cut, cutNames } from '$lib/viz/words/cut';
import { formatCount } from '$lib/viz/words/format';
import { opProblem } from '$lib/viz/words/operatorProblem';
import { graphProblem } from '$lib/viz/words/problems';
import { weightsProblem } from '../problems';
import type { Answer } from './open.worker';

/** Why files could not be opened, and what would be right. */
export function sentenceOf({
	of,
	code,
	message,
	params,
	reason
}: Extract<Answer, { kind: 'failed' }>): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	if (of === 'weights') return weightsProblem(code, params);
	if (of === 'unforeseen') {
		const files = cutNames(String(params['files'] ?? '').split('\n'));
		if (message === workerEnded) return m.formats_error_ended({ files });
		return m.formats_error_unforeseen({ files, reason: cut(message) });
	}
	switch (code) {
		case 'broken':
			return brokenText(text('file'), reason!);
		case 'mistaken':
			return m.formats_error_mistaken({ file: text('file'), kind: text('kind') });
		case 'tooLarge':
			return m.formats_error_too_large({
				...{ file: text('file'), what: text('what'), name: text('name') },
				...{ value: formatCount(Number(params['value'])), max: formatCount(Number(params['max'])) }
			});
		case 'shards':
			return m.formats_error_shards({ files: cutNames(String(params['files']).split('\n')) });
		case 'missingFile':
			return m.formats_error_missing_file({ file: text('file'), needed: text('needed') });
		case 'unsupported':
			return m.formats_error_unsupported({
				...{ file: text('file'), what: text('what') },
				...{ name: text('name'), type: text('type') }
			});
		case 'noSize':
			return m.formats_error_no_size({ file: text('file'), reason: reasonText(reason!) });
		case 'unfitSize':
			return m.formats_error_unfit_size({ size: text('size'), reason: reasonText(reason!) });
		case 'fixedSize': {
			const { size, wanted } = { size: text('size'), wanted: text('wanted') };
			const what = text('what') as Fixed;
			if (what === 'unfit') return m.formats_error_unfit_size({ size: wanted, reason: reasonText(reason!) });
			return m.formats_error_fixed_size({ what, layer: text('layer'), type: text('type'), size, wanted });
		}
		default:
			return m.formats_error_unknown({ files: cutNames(String(params['files']).split('\n')) });
	}
}

function brokenText(file: string, reason: Reason): string {
	const sentence = reasonText(reason);
	return reason.code === 'operator' || reason.code === 'graph'
		? m.formats_error_broken_by({ file, sentence })
		: m.formats_error_broken({ file, reason: sentence });
}

/** Why, as the end of a sentence, its full stop included. */
function reasonText(reason: Reason): string {
	switch (reason.code) {
		case 'operator':
			return m.networks_error_at_node({ node: cut(reason.layer), sentence: opProblem(reason.fault) });
		case 'graph':
			return graphProblem(reason.fault);
		default: {
			const { code, params } = reason;
			return m.formats_reason_end({ reason: reasons[code]((name) => cut(String(params[name] ?? ''))) });
		}
	}
}

const named = (text: Text) => ({ name: text('name') });
const counted = (text: Text) => ({ ...named(text), actual: text('actual'), expected: text('expected') });
const reading = (text: Text) => ({ ...named(text), input: text('input') });

type Text = (param: string) => string;

/** What is wrong, as the end of a sentence. */
const reasons: Readonly<Record<ReasonCode, (text: Text) => string>> = {
	ends: () => m.formats_reason_ends(),
	cut: (text) => m.formats_reason_cut({ actual: text('actual'), expected: text('expected') }),
	memory: () => m.formats_reason_memory(),
	announced: (text) =>
		m.formats_reason_announced({ length: text('length'), at: text('at'), left: text('left') }),
	numberEnds: (text) => m.formats_reason_numberEnds({ at: text('at') }),
	noMessage: (text) => m.formats_reason_noMessage({ at: text('at') }),
	packed: () => m.formats_reason_packed(),
	noGraph: () => m.formats_reason_noGraph(),
	noLayers: () => m.formats_reason_noLayers(),
	noOutput: () => m.formats_reason_noOutput(),
	noModel: () => m.formats_reason_noModel(),
	noKeras: () => m.formats_reason_noKeras(),
	json: () => m.formats_reason_json(),
	zip: () => m.formats_reason_zip(),
	hdf5: () => m.formats_reason_hdf5(),
	disorder: () => m.formats_reason_disorder(),
	deep: () => m.formats_reason_deep(),
	long: () => m.formats_reason_long(),
	circle: () => m.formats_reason_circle(),
	twins: () => m.formats_reason_twins(),
	nodes: (text) => m.formats_reason_nodes({ max: text('max') }),
	node: (text) => m.formats_reason_node({ index: text('index') }),
	inputShape: (text) => m.formats_reason_inputShape(named(text)),
	inputNumber: (text) => m.formats_reason_inputNumber(named(text)),
	inputVolume: (text) => m.formats_reason_inputVolume({ ...named(text), count: text('count') }),
	shape: (text) => m.formats_reason_shape({ ...named(text), shape: text('shape') }),
	unread: (text) => m.formats_reason_unread(reading(text)),
	twice: (text) => m.formats_reason_twice(named(text)),
	absent: (text) => m.formats_reason_absent(reading(text)),
	unclearWeights: (text) => m.formats_reason_unclearWeights(named(text)),
	readsNothing: (text) => m.formats_reason_readsNothing(named(text)),
	notThere: (text) => m.formats_reason_notThere(named(text)),
	tensor: (text) => m.formats_reason_tensor({ index: text('index') }),
	noOutputOf: (text) => m.formats_reason_noOutputOf(named(text)),
	notInManifest: (text) => m.formats_reason_notInManifest(named(text)),
	values: (text) => m.formats_reason_values(counted(text)),
	bytes: (text) => m.formats_reason_bytes(counted(text)),
	tooManyValues: (text) => m.formats_reason_tooManyValues({ ...named(text), count: text('count') }),
	type: (text) => m.formats_reason_type({ ...named(text), type: text('type') }),
	multiplies: (text) => m.formats_reason_multiplies(counted(text)),
	reshapes: (text) => m.formats_reason_reshapes({ ...named(text), from: text('from'), to: text('to') }),
	line: (text) => m.formats_reason_line({ line: text('line') }),
	noField: (text) => m.formats_reason_noField({ text: text('text') }),
	fedWithoutSize: (text) => m.formats_reason_fedWithoutSize({ input: text('input') }),
	unclosed: (text) => m.formats_reason_unclosed({ end: text('end'), line: text('line') }),
	cutAt: (text) => m.formats_reason_cutAt({ line: text('line') })
};
