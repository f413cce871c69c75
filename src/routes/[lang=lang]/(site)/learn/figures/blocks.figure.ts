import { m } from '$lib/i18n';
import { writtenParts } from '$lib/viz/address/codec';
import { blocksCodec } from '$lib/viz/figures/blocks/address';
import { Blocks } from '$lib/viz/figures/blocks/blocks.svelte';
import { keepSearch, lessonFigure } from '$lib/viz/lessonFigure';
import BlocksView from '../../blocks/BlocksView.svelte';

/** `blocks?block=fire&channels=128`: the block editor. */
export default lessonFigure(
	BlocksView,
	(search) => {
		const blocks = new Blocks(search, m.blocks_name());
		return {
			props: { blocks },
			set: (phrase) => blocks.set(phrase),
			keep: keepSearch(blocks),
			get page() {
				return `/blocks${blocks.search}`;
			}
		};
	},
	{
		height: { wide: 2500, narrow: 4100 },
		ignored: (search, of) => [...(of === '' ? [] : [of]), ...writtenParts(blocksCodec.parse(search).ignored)]
	}
);
