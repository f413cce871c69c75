import { story } from '../../story';
import { GroupWidthsState } from './groupWidths.svelte';
import GroupWidthsFigure from './GroupWidthsFigure.svelte';

const at = (scale: 1 | 0.25) => () => ({ widths: new GroupWidthsState({ scale }) });

export default story(GroupWidthsFigure, { largest: at(1), smallest: at(0.25) }, { isPanel: true });
