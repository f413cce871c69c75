import { story } from '../../story';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { integersOfChannels, type ChannelIntegers } from './channels';
import ChannelIntegersFigure from './ChannelIntegersFigure.svelte';
import { channelIntegersKnobs, type Way } from './knobs';

/** Of one channel that is wide, and of channels that lie close together. */
const wide = { largest: [1, 0.02, 0.015, 0.004, 0.003, 0.002, 0.001, 0] };
const close = { largest: [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] };
const of: ChannelIntegers = {
	...{ network: 'ShuffleNet', layer: 'stage2/unit2/dwconv', channels: 16, bits: 8, trained: 0.89 },
	ways: {
		layer: { integers: integersOfChannels(wide, 8), error: 0.9, accuracy: 0.45 },
		channel: { integers: integersOfChannels(wide, 8, 'channel'), error: 0.004, accuracy: 0.87 },
		equalized: { integers: integersOfChannels(close, 8), error: 0.008, accuracy: 0.88 }
	}
};
const at = (way: Way) => () => ({ knobs: new FigureKnobs(channelIntegersKnobs, { way }), of });

export default story(
	ChannelIntegersFigure,
	{ layer: at('layer'), channel: at('channel'), equalized: at('equalized') },
	{ isPanel: true }
);
