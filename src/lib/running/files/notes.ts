import type { Note } from '$lib/formats';
import { m } from '$lib/i18n';
import { cut, cutNames } from '$lib/viz/words/cut';
import { formatCount } from '$lib/viz/words/format';
import { sentenceOf } from './failures';

/** What a reader should know of a file that was opened. */
export function noteText({ code, params, fault }: Note): string {
	const text = (name: string) => cut(String(params[name] ?? ''));
	switch (code) {
		case 'from':
			return m.formats_note_from({ producer: text('producer') });
		case 'opset':
			return m.formats_note_opset({ version: text('version') });
		case 'opaque':
			return m.formats_note_opaque({
				count: text('count'),
				types: cutNames(String(params['types']).split('\n'))
			});
		case 'opaqueUnknown':
			return m.formats_note_opaque_unknown({
				count: text('count'),
				types: cutNames(String(params['types']).split('\n'))
			});
		case 'unusual':
			return m.formats_note_unusual({
				...{ why: text('why'), layer: text('layer'), type: text('type') },
				// Counted from 1, as a reader counts.
				axis: String(Number(params['axis']) + 1)
			});
		case 'folded':
			return m.formats_note_folded({ count: text('count') });
		case 'unsized':
			return m.formats_note_unsized({ layer: text('layer'), type: text('type'), count: text('count') });
		case 'otherShape':
			return m.formats_note_other_shape({
				name: text('name'),
				stated: text('stated'),
				made: text('made')
			});
		case 'shared':
			return m.formats_note_shared({ count: text('count'), layer: text('layer'), owner: text('owner') });
		case 'statistics':
			return m.formats_note_statistics({
				count: formatCount(Number(params['count'])),
				total: formatCount(Number(params['total']))
			});
		case 'openSize':
			return m.formats_note_open_size({ value: text('value') });
		case 'noWeights':
			return m.formats_note_no_weights();
		case 'missingShards':
			return m.formats_note_missing_shards({
				file: text('file'),
				files: cutNames(String(params['files']).split('\n'), Number(params['count']))
			});
		case 'notFinite':
			return m.formats_note_not_finite({ layer: text('layer'), count: text('count') });
		case 'labels':
			return m.formats_note_labels({ file: text('file'), count: formatCount(Number(params['count'])) });
		case 'labelsUnfit':
			return m.formats_note_labels_unfit({
				...{ file: text('file'), count: formatCount(Number(params['count'])) },
				outputs: formatCount(Number(params['outputs']))
			});
		case 'another':
			return m.formats_note_another({
				files: cutNames(String(params['files']).split('\n')),
				count: text('count')
			});
		case 'unused':
			return m.formats_note_unused({
				files: cutNames(String(params['files']).split('\n')),
				count: text('count')
			});
		case 'unreadable':
			return m.formats_note_unreadable({
				files: cutNames(String(params['files']).split('\n')),
				count: text('count')
			});
		case 'dynamic':
			return m.formats_note_dynamic({ layer: text('type') });
		case 'damaged':
			return m.formats_note_damaged({
				sentence: fault ? sentenceOf({ kind: 'failed', of: 'format', ...fault }) : text('file')
			});
		case 'clamped':
			return m.formats_note_clamped({ count: text('count') });
		case 'half':
			return m.formats_note_half({ type: text('type') });
		case 'quantized':
			return m.formats_note_quantized({ type: text('type') });
	}
}
