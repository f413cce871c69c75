import { graphCost } from '../analyses/cost';
import type { KnobValue } from '../knobs';
import { networkById, type NetworkId } from '../networks';
import type { Family } from '../networks/network';
import { resolveGraph } from '../resolve';
import rows from './rows.json' with { type: 'json' };

/** Where parameters and MACs of a point come from. */
export type ReferenceCost =
	/** From the graph of a network of the site. */
	| {
			readonly kind: 'graph';
			readonly network: NetworkId;
			readonly knobs: Readonly<Record<string, KnobValue>>;
	  }
	/** Counted on another implementation, by the site's conventions. */
	| { readonly kind: 'counted'; readonly params: number; readonly macs: number; readonly source: string }
	/** As the paper prints them. */
	| { readonly kind: 'printed'; readonly params: number; readonly macs: number; readonly source: string };

/** ImageNet-1k validation accuracy in percent, one crop, and who says so. */
export interface Top1 {
	readonly value: number;
	readonly source: string;
}

/** A network on the chart of params against MACs. */
export interface ReferenceNet {
	readonly name: string;
	readonly family: Family;
	/** One of the four networks' variants, what they compare with, or what came after. */
	readonly role: 'four' | 'reference' | 'successor';
	readonly year: number;
	/** Height and width of the input. */
	readonly resolution: number;
	readonly cost: ReferenceCost;
	/** The first is the chart's: torchvision's first weights for its networks, the paper's otherwise. */
	readonly top1: readonly Top1[];
	readonly note?: string;
}

/**
 * The networks of the chart. Accuracies of torchvision's second weights (V2) come from a much stronger recipe. JSON's words are
 * strings to TypeScript; a test has checked them.
 */
export const referenceNets = rows as readonly unknown[] as readonly ReferenceNet[];

/** Trainable parameters and MACs of a point: counted on its graph where there is one. */
export function referenceCost({ cost }: ReferenceNet): { readonly params: number; readonly macs: number } {
	if (cost.kind !== 'graph') return { params: cost.params, macs: cost.macs };
	const { total } = graphCost(resolveGraph(networkById(cost.network).build(cost.knobs)));
	return { params: total.params.trainable, macs: total.macs };
}
