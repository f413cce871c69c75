import { story } from '../../story';
import { Compression } from './compression.svelte';
import CompressionFigure from './CompressionFigure.svelte';
import { squeezenetLayer } from './squeezenetLayer';

const at = (prune: number, bits: number) => () => ({
	compression: new Compression(squeezenetLayer(), { prune, bits })
});

export default story(CompressionFigure, {
	usual: at(60, 5),
	'two-bits': at(80, 2),
	'nothing-pruned': at(0, 4)
});
