import { knobsFigure } from '../../lessonFigure';
import { ChannelDependency } from './channelDependency.svelte';
import SeenFigure from './ChannelDependencyFigure.svelte';
import { channelDependencyKnobs } from './knobs';

export default knobsFigure(
	SeenFigure,
	channelDependencyKnobs,
	(given) => {
		const dependency = new ChannelDependency(given);
		return { props: { dependency }, knobs: dependency.knobs };
	},
	{ wide: 465, narrow: 540 }
);
