import { story } from '../../story';
import { decodePhotograph } from '../../tensor/photograph';
import { photographBytes } from '../../tensor/photographBytes';
import { ReceptiveField } from './receptiveField.svelte';
import ReceptiveFieldFigure from './ReceptiveFieldFigure.svelte';

const at = (given: ConstructorParameters<typeof ReceptiveField>[1]) => () => ({
	field: new ReceptiveField(decodePhotograph(photographBytes), given)
});

export default story(
	ReceptiveFieldFigure,
	{
		plain: at({ layers: 6 }),
		pooled: at({ stack: 'pooled', layers: 6 }),
		strided: at({ stack: 'strided', layers: 4 }),
		dilated: at({ stack: 'dilated', layers: 5 })
	},
	{ isPanel: true }
);
