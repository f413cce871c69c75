import { checkKnobs } from '../knobs';
import type { KnobValue } from '../knobs';
import { networks, type NetworkId } from '../networks';
import { claimsOf, type Claim } from './claim';
import { mobilenetTables } from './mobilenet';
import { otherTables } from './others';
import { shufflenetTables } from './shufflenet';
import { squeezenetTables } from './squeezenet';
import { xceptionTables } from './xception';

export { checkClaim } from './check';
export type { CheckedClaim } from './check';
export { claimReasons, claimSources } from './claim';
export type { Claim, ClaimReason, ClaimSource, ClaimUnit, Metric } from './claim';

/** Every published figure about a network of the site, in the order of the papers' tables. */
export const claims: readonly Claim[] = /* @__PURE__ */ claimsOf([
	...squeezenetTables,
	...mobilenetTables,
	...shufflenetTables,
	...xceptionTables,
	...otherTables
]);

/** What is published about a network with exactly these knobs. */
export function claimsAbout(network: NetworkId, knobs: Readonly<Record<string, KnobValue>> = {}): Claim[] {
	const table = networks[network].knobs;
	const key = (given: Readonly<Record<string, KnobValue>>) => JSON.stringify(checkKnobs(table, given));
	const wanted = key(knobs);
	return claims.filter((claim) => claim.network === network && key(claim.knobs) === wanted);
}
