import { m } from '$lib/i18n';
import type { ResolvedGraph } from '$lib/nets';
import { logitsOf, nearestWord } from '$lib/nets';
import { addressCodec, partsOf, type Codec, type Part } from '../../address/codec';
import { custom, integer, mapped, oneOf, row, type Kind } from '../../address/kinds';
import { mapSorts } from '../../tensor/mapStrength';
import { defaultInside, type InsideState } from './state';

/** Names of the parts of an address that are this figure's, so that its page can tell them from its own. */
export const insideParts = ['layer', 'map', 'pixel', 'class', 'sort', 'size', 'colours'] as const;

const { field } = partsOf<InsideState>();

/** What is looked at inside a network, in an address. Of what cannot be, a sentence says why. */
export function insideCodec(network: ResolvedGraph): Codec<InsideState> {
	const layers = [...network.byRef.keys()];
	/** A map without a layer is one of the first layer's: so it was written once. */
	const first = network.nodes[0]?.outputs[0]?.ref ?? network.tensors[0]!.ref;
	const layerOf = ({ layer }: InsideState) => layer ?? first;
	const tensor = (state: InsideState) => network.byRef.get(layerOf(state))!;
	const last = logitsOf(network).shape[2] - 1;
	return addressCodec<InsideState>({
		initial: defaultInside,
		parts: [
			field(
				'layer',
				'layer',
				saying(oneOf(layers), (value) =>
					m.inside_address_layer({ value, nearest: nearestWord(value, layers) || layers[0]! })
				)
			),
			{
				...field('map', 'channel', (state) => {
					const max = tensor(state).shape[2] - 1;
					const sentence = (value: string) =>
						m.inside_address_map({ value, layer: layerOf(state), last: max });
					return saying(integer({ min: 0, max }), sentence);
				}),
				put: (channel, state) => ({ layer: layerOf(state), channel: channel as number })
			},
			field('pixel', 'pixel', (state) => {
				const [height, width] = tensor(state).shape;
				const [rows, columns] = [height - 1, width - 1];
				const pixel = mapped(
					row(',', [integer({ min: 0, max: rows }), integer({ min: 0, max: columns })]),
					([y = 0, x = 0]) => ({ y, x }),
					({ y, x }) => [y, x]
				);
				const sentence = (value: string) => m.inside_address_pixel({ value, rows, columns });
				return saying(pixel, sentence, state.channel !== null);
			}),
			field(
				'class',
				'classIndex',
				saying(integer({ min: 0, max: last }), (value) => m.inside_address_class({ value, last }))
			),
			field('sort', 'sort', saying(oneOf(mapSorts), noneOf('sort', mapSorts))),
			formerSize,
			field(
				'colours',
				'ownScale',
				saying(
					mapped(
						oneOf(scales),
						(scale) => scale === 'own',
						(isOwn) => (isOwn ? 'own' : 'all')
					),
					noneOf('colours', scales)
				)
			)
		]
	});
}

const scales = ['own', 'all'] as const;

/** Maps had sizes to choose from once: addresses that name one still open. */
const formerSize: Part<InsideState> = {
	name: 'size',
	keys: [],
	kind: custom({ read: (written) => written, write: (size: string) => size }) as Kind<unknown>,
	get: () => null,
	put: () => ({})
};

/** The same, with a sentence where the text says none. */
function saying<T>(kind: Kind<T>, sentence: (value: string) => string, isUsed = true): Kind<T> {
	return {
		...kind,
		read: (value, ignore) =>
			(isUsed ? kind.read(value, () => undefined) : undefined) ??
			ignore('invalid', { why: sentence(value.slice(0, 60)) })
	};
}

function noneOf(name: string, known: readonly (string | number)[]) {
	return (value: string) => m.inside_address_word({ name, value, known: known.join(', ') });
}
