import { story } from '../../story';
import { decodePhotograph } from '../../tensor/photograph';
import { photographBytes } from '../../tensor/photographBytes';
import { PhotoSlices } from './photoSlices.svelte';
import PhotoSlicesFigure from './PhotoSlicesFigure.svelte';

const at = (given: ConstructorParameters<typeof PhotoSlices>[1]) => () => ({
	slices: new PhotoSlices(decodePhotograph(photographBytes), given)
});

export default story(
	PhotoSlicesFigure,
	{
		together: at({ apart: 0 }),
		apart: at({ apart: 100 }),
		corner: at({ row: 0, column: 63 })
	},
	{ isPanel: true }
);
