import type { CheckedResult, ReportedSource } from '$lib/nets';

/** One printed figure with everywhere that it is printed. */
export interface ClaimGroup {
	/** The first of them. */
	readonly checked: CheckedResult;
	readonly sources: readonly { readonly source: ReportedSource; readonly tables: readonly string[] }[];
}

/** Gathers results that print the same figure of the same thing for the same reasons. */
export function groupClaims(results: readonly CheckedResult[]): ClaimGroup[] {
	const groups = new Map<string, CheckedResult[]>();
	for (const checked of results) {
		const { metric, part, printed, unit, reasons } = checked.result;
		const key = JSON.stringify([metric, part, printed, unit, reasons]);
		groups.set(key, [...(groups.get(key) ?? []), checked]);
	}
	return [...groups.values()].map((members) => {
		const tables = new Map<ReportedSource, string[]>();
		for (const { result } of members)
			tables.set(result.source, [...new Set([...(tables.get(result.source) ?? []), result.table])]);
		return {
			checked: members[0]!,
			sources: [...tables].map(([source, inIt]) => ({ source, tables: inIt }))
		};
	});
}
