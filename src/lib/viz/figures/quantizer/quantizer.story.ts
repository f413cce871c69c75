import { story } from '../../story';
import { Quantizer } from './quantizer.svelte';
import QuantizerFigure from './QuantizerFigure.svelte';

const at = (given: ConstructorParameters<typeof Quantizer>[0]) => () => ({ quantizer: new Quantizer(given) });

export default story(QuantizerFigure, {
	rounded: at({}),
	clipped: at({ value: 6.02 }),
	zero: at({ value: 0 }),
	'few-bits': at({ bits: 3 }),
	symmetric: at({ scheme: 'symmetric', bits: 4 })
});
