import { networkById } from '$lib/nets';
import { story } from '../story';
import ChannelFlow from './ChannelFlow.svelte';
import type { FlowMode } from './channelFlow.svelte';

const as = (mode: FlowMode) => () => ({ graph: networkById('shuffle-unit').build(), mode });

export default story(ChannelFlow, { shuffle: as('shuffle'), 'no-shuffle': as('noShuffle') });
