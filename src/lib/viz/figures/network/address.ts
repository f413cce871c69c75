import { defaultKnobs, type KnobTable, type KnobValues } from '$lib/nets/knobs';
import { addressCodec, partsOf, type Codec } from '../../address/codec';
import { decimal, list, oneOf, text } from '../../address/kinds';
import { knobParts } from '../../address/knobs';
import type { FlowMode } from '../../channelFlow/channelFlow.svelte';
import { defaultConventions, type Conventions } from './conventions';
import type { FlowPart } from './flowParts';
import type { Selection } from './selection';

/** All that a network's page shows, as the address holds it. */
export interface NetworkAddress {
	readonly knobs: KnobValues;
	/** Paths of the open blocks. */
	readonly open: readonly string[];
	readonly selected: Selection | null;
	readonly conventions: Conventions;
	/** Magnification of the diagram; `null` for the one that fits. */
	readonly zoom: number | null;
	/** The total whose sum is open. */
	readonly audit: Audited | null;
	/** Path of the block whose channel flow is shown, `''` for the whole; `null` for the most telling. */
	readonly flowPart: FlowPart | null;
	readonly flowMode: FlowMode;
}

/** A total that can be opened into its sum. */
export type Audited = 'params' | 'macs';

/** What the diagram can be magnified to. */
export const zoomLimits = { min: 0.1, max: 4 } as const;

export const defaultFlowMode: FlowMode = 'shuffle';

const { field, within } = partsOf<NetworkAddress>();

/** The addresses of a network's page. Whether open blocks and the selection are there is for who knows the graph to say. */
export function networkCodec(table: KnobTable): Codec<NetworkAddress> {
	return addressCodec<NetworkAddress>({
		initial: {
			knobs: defaultKnobs(table),
			open: [],
			selected: null,
			conventions: defaultConventions,
			zoom: null,
			audit: null,
			flowPart: null,
			flowMode: defaultFlowMode
		},
		parts: [
			...knobParts<NetworkAddress>(table),
			within('conventions', 'count', oneOf(['macs', 'flops'])),
			within('conventions', 'batchNorm', oneOf(['trainable', 'all', 'none']), 'bn'),
			within('conventions', 'biases', oneOf([true, false])),
			within('conventions', 'classifier', oneOf([true, false])),
			field('open', 'open', list(text(), { max: 200 })),
			field('at', 'selected', text({ matches: /./ })),
			field('audit', 'audit', oneOf(['params', 'macs'])),
			field('flow', 'flowPart', text()),
			field('mix', 'flowMode', oneOf(['shuffle', 'noShuffle', 'pointwise'])),
			field('zoom', 'zoom', decimal({ ...zoomLimits, digits: 2 }))
		]
	});
}
