import { story } from '../../story';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import ConvolutionComparisonFigure from './ConvolutionComparisonFigure.svelte';
import { comparisonKnobs, type ComparisonAxis } from './knobs';
import { contenders, measuredComparison } from './measured';

const over = (x: ComparisonAxis) => () => ({
	knobs: new FigureKnobs(comparisonKnobs, { x }),
	...{
		contenders: contenders(measuredComparison),
		recipe: measuredComparison.recipe,
		on: measuredComparison.times.on,
		isRecorded: true
	}
});

export default story(ConvolutionComparisonFigure, { macs: over('macs'), time: over('time') });
