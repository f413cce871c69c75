import { story } from '../../story';
import { Blocks } from './blocks.svelte';
import BlocksFigure from './BlocksFigure.svelte';

const at = (search: string) => () => ({ blocks: new Blocks(search, 'My network') });
/** Few channels, so that each can be followed by eye. */
const small = (block: string) => at(`?block=${block}&channels=36&size=14`);

export default story(BlocksFigure, {
	'shuffle-unit': small('shuffle-unit'),
	unshuffled: small('unshuffled'),
	fire: small('fire'),
	separable: small('separable'),
	'xception-middle': small('xception-middle'),
	own: small('1.scat(_gc3g2x1/2.relu).sh2.pwx1/2.bn.relu')
});
