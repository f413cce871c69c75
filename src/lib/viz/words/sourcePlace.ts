import { m } from '$lib/i18n';

/** Where a source prints a figure, in the reader's language: “Table 4”, “Section 3.1”; what is a name stays one. */
export function sourcePlace(place: string): string {
	const [, kind, number = ''] = /^(Table|Section) (.+)$/.exec(place) ?? [];
	if (kind === 'Table') return m.networks_claims_table({ number });
	return kind === 'Section' ? m.networks_claims_section({ number }) : place;
}
