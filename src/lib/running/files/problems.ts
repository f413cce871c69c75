import type { Note } from '$lib/formats';
import { m } from '$lib/i18n';
import { cut } from '$lib/viz/words/cut';
import { formatCount } from '$lib/viz/words/format';
import { weightsProblem } from '../problems';
import type { Answer } from './open.worker';

/** Why files could not be opened, and what would be right. */
export function sentenceOf({ of, code, message, params }: Extract<Answer, { kind: 'failed' }>): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	if (of === 'weights') return weightsProblem(code, params);
	if (of === 'unforeseen') return m.formats_error_unforeseen({ reason: cut(message) });
	switch (code) {
		case 'broken':
			// A reason may end with a question, such as what was meant.
			return m
				.formats_error_broken({ file: text('file'), reason: text('reason') })
				.replace(/(?<=[?!…])[.。]$/, '');
		case 'mistaken':
			return m.formats_error_mistaken({ file: text('file'), kind: text('kind') });
		case 'tooLarge':
			return m.formats_error_too_large({
				...{ file: text('file'), what: text('what') },
				...{ value: formatCount(Number(params['value'])), max: formatCount(Number(params['max'])) }
			});
		case 'missingFile':
			return m.formats_error_missing_file({ file: text('file'), needed: text('needed') });
		case 'unsupported':
			return m.formats_error_unsupported({ file: text('file'), what: text('what') });
		default:
			return m.formats_error_unknown({ files: text('files') });
	}
}

/** What a reader should know of a file that was opened. */
export function noteText({ code, params }: Note): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	switch (code) {
		case 'from':
			return m.formats_note_from({ producer: text('producer') });
		case 'opset':
			return m.formats_note_opset({ version: text('version') });
		case 'opaque':
			return m.formats_note_opaque({ count: text('count'), types: text('types') });
		case 'openSize':
			return m.formats_note_open_size({ value: text('value') });
		case 'noWeights':
			return m.formats_note_no_weights();
		case 'notFinite':
			return m.formats_note_not_finite({ layer: text('layer'), count: text('count') });
		case 'labels':
			return m.formats_note_labels({ file: text('file'), count: text('count') });
		case 'labelsUnfit':
			return m.formats_note_labels_unfit({
				...{ file: text('file'), count: text('count') },
				outputs: text('outputs')
			});
		case 'quantized':
			return m.formats_note_quantized({ type: text('type') });
	}
}
