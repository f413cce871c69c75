import { defaultKnobs } from '$lib/nets/knobs';
import { networkById } from '$lib/nets/networks';
import { addressCodec, partsOf, type Codec, type Ignored } from '../../address/codec';
import { custom, mapped, oneOf, subset, text } from '../../address/kinds';
import { knobParts } from '../../address/knobs';
import type { Extent } from '../../plot/scale';
import type { View } from './layout/view';
import { liveNetworks } from './live';
import { batchNorms, counts, groups, weightTypes, type WeightType } from './model';
import { columns, quantities, type CompareSpec, type KnobRecord, type Sorting } from './spec';

/** What the page shows when its address says nothing. */
export const defaultSpec: CompareSpec = {
	x: 'macs',
	y: 'params',
	hidden: [],
	front: false,
	view: null,
	selected: null,
	count: 'macs',
	batchNorm: 'trainable',
	weightType: 'float32',
	network: 'mobilenet',
	knobs: knobsOf('mobilenet'),
	sorting: { column: 'macs', descending: false }
};

/** All knobs of a network at their defaults. */
export function knobsOf(network: string): KnobRecord {
	return defaultKnobs(networkById(network).knobs);
}

const sortWords = columns.flatMap((column) => [column, `-${column}`] as const);

/** The column, with a minus before it where the largest come first. */
const sorting = mapped(
	oneOf(sortWords),
	(word): Sorting => ({
		column: columns.find((column) => word.endsWith(column))!,
		descending: word.startsWith('-')
	}),
	({ column, descending }) => (descending ? (`-${column}` as const) : column)
);

/** `from:to,from:to` of the x and the y axis. */
const view = custom<View>({
	read(written, ignore) {
		const match = /^([\d.e+]{1,24}):([\d.e+]{1,24}),([\d.e+]{1,24}):([\d.e+]{1,24})$/.exec(written);
		const [x0, x1, y0, y1] = match?.slice(1).map(Number) ?? [];
		const x = asExtent(x0, x1);
		const y = asExtent(y0, y1);
		return x && y ? { x, y } : ignore();
	},
	write: ({ x, y }) =>
		[x, y].map((extent) => extent.map((value) => Number(value.toPrecision(4))).join(':')).join(',')
});

const { field, marked } = partsOf<CompareSpec>();

/** Whether the selected id is there is for who has the models to say. */
export const compareCodec: Codec<CompareSpec> = withTwoAxes(
	addressCodec<CompareSpec>({
		initial: defaultSpec,
		parts: [
			field('x', 'x', oneOf(quantities)),
			field('y', 'y', oneOf(quantities)),
			field('count', 'count', oneOf(counts)),
			field('bn', 'batchNorm', oneOf(batchNorms)),
			field('type', 'weightType', oneOf(Object.keys(weightTypes) as WeightType[])),
			field('hide', 'hidden', subset(groups)),
			marked('front', 'front'),
			field('view', 'view', view),
			field('at', 'selected', text({ max: 80, matches: /^[\w.-]+$/ })),
			field('sort', 'sorting', sorting),
			{
				name: 'net',
				keys: ['network', 'knobs'],
				kind: oneOf(liveNetworks),
				get: ({ network }) => network,
				put: (network) => ({ network: network as string, knobs: knobsOf(network as string) })
			},
			({ network }) => knobParts<CompareSpec>(networkById(network).knobs)
		]
	})
);

/** The two axes never show the same. */
function withTwoAxes(codec: Codec<CompareSpec>): Codec<CompareSpec> {
	return {
		...codec,
		parse(search) {
			const { value, said, ignored } = codec.parse(search);
			if (value.x !== value.y) return { value, said, ignored };
			// The one that was said stays, and the other shows the usual quantity that is free.
			const other = value.x === defaultSpec.y ? defaultSpec.x : defaultSpec.y;
			if (!said.includes('x')) return { value: { ...value, x: other }, said, ignored };
			const isSaid = said.includes('y');
			const same: Ignored = { name: 'y', value: value.y, reason: 'unfit', why: null };
			return { value: { ...value, y: other }, said, ignored: isSaid ? [...ignored, same] : ignored };
		}
	};
}

function asExtent(from = NaN, to = NaN): Extent | null {
	return from > 0 && to > from && to < 1e15 ? [from, to] : null;
}
