import { expect, it } from 'vitest';
import { m } from '$lib/i18n';

/** What a count of one makes of a sentence. */
it.each<[said: string, of: string]>([
	[m.networks_table_layers({ count: 1 }), '1 layer'],
	[m.networks_table_found({ count: 1, total: 1 }), '1 of 1 layer'],
	[m.formats_two_same({ all: 1 }), 'The only layer is the same.'],
	[m.formats_two_changed({ changed: 1, all: 7, kinds: 'output' }), '1 of 7 layers differs: output.'],
	[
		m.formats_note_labels_unfit({ file: 'a.txt', count: '1', outputs: '2' }),
		'a.txt has 1 name, and the network 2 outputs: it is left out.'
	],
	[
		m.formats_note_labels_unfit({ file: 'a.txt', count: '2', outputs: '1' }),
		'a.txt has 2 names, and the network 1 output: they are left out.'
	],
	[
		m.inside_form_sum({ taps: 9, channels: 1 }),
		'9 values of 1 channel, each times its weight, are added up.'
	],
	[
		m.bench_unread({ rows: 1, columns: 0 }),
		'1 row and 0 columns at the end are never read: the stride does not divide'
	],
	[m.inside_form_max({ count: 4 }), 'The largest of 4 values.']
])('%s', (said, of) => expect(said).toBe(of));
