import type { CheckedClaim, ClaimSource } from '$lib/nets';

/** One printed figure with everywhere that it is printed. */
export interface ClaimGroup {
	/** The first of them. */
	readonly checked: CheckedClaim;
	readonly sources: readonly { readonly source: ClaimSource; readonly tables: readonly string[] }[];
}

/** Gathers claims that print the same figure of the same thing for the same reasons. */
export function groupClaims(claims: readonly CheckedClaim[]): ClaimGroup[] {
	const groups = new Map<string, CheckedClaim[]>();
	for (const checked of claims) {
		const { metric, part, printed, unit, reasons } = checked.claim;
		const key = JSON.stringify([metric, part, printed, unit, reasons]);
		groups.set(key, [...(groups.get(key) ?? []), checked]);
	}
	return [...groups.values()].map((members) => {
		const tables = new Map<ClaimSource, string[]>();
		for (const { claim } of members)
			tables.set(claim.source, [...new Set([...(tables.get(claim.source) ?? []), claim.table])]);
		return { checked: members[0]!, sources: [...tables].map(([source, inIt]) => ({ source, tables: inIt })) };
	});
}
