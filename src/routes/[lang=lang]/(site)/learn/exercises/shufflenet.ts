import { channelFlow, dependencyCount } from '$lib/nets/analyses/channelFlow';
import { resolveGraph } from '$lib/nets/resolve';
import { shuffled } from '$lib/ops/channelShuffle';
import { groupStack } from '$lib/viz/channelFlow/groupStack';
import { exercise } from '../exercise';
import { layer } from '../layer';

export default {
	'six-groups': exercise({
		draw: ({ between, from }) => {
			const groups = between(4, 8);
			return { channels: groups * from([2, 3]), groups };
		},
		answer: ({ channels, groups }) => {
			const net = resolveGraph(groupStack({ channels, groups, layers: 2 }));
			return dependencyCount(channelFlow(net), net.output, 0);
		},
		values: ({ channels, groups }) => ({ each: channels / groups }),
		mistakes: {
			unshuffled: ({ channels, groups }) => channels / groups,
			all: ({ channels }) => channels,
			sum: ({ channels, groups }) => (2 * channels) / groups,
			groups: ({ groups }) => groups
		}
	}),
	'group-macs': exercise({
		draw: ({ between, from }) => {
			const groups = from([2, 3, 4]);
			return {
				side: between(4, 8),
				channels: groups * from([4, 6, 8]),
				filters: groups * from([5, 10]),
				groups
			};
		},
		answer: (sizes) => grouped(sizes).macs,
		values: (sizes) => ({ places: sizes.side ** 2, each: grouped(sizes).taps }),
		mistakes: {
			groups: ({ side, channels, filters }) => side ** 2 * channels * filters,
			oneGroup: ({ side, channels, filters, groups }) => (side ** 2 * channels * filters) / groups ** 2,
			places: ({ channels, filters, groups }) => (channels * filters) / groups,
			depth: ({ side, filters }) => side ** 2 * filters,
			window: ({ side, channels, filters, groups }) => (9 * side ** 2 * channels * filters) / groups
		}
	}),
	'shuffle-to': exercise({
		draw: ({ between }) => {
			const groups = between(2, 4);
			const each = between(3, 6);
			return { groups, channels: groups * each, channel: between(1, groups * each - 2) };
		},
		answer: ({ groups, channels, channel }) => shuffled(channel, groups, channels / groups),
		values: ({ groups, channels, channel }) => ({
			each: channels / groups,
			row: Math.floor((channel * groups) / channels),
			column: channel % (channels / groups)
		}),
		mistakes: {
			back: ({ groups, channels, channel }) => shuffled(channel, channels / groups, groups),
			stays: ({ channel }) => channel,
			fromOne: ({ groups, channels, channel }) => shuffled(channel - 1, groups, channels / groups) + 1,
			row: ({ groups, channels, channel }) => (channel % (channels / groups)) * groups
		}
	})
};

interface Grouped {
	readonly side: number;
	readonly channels: number;
	readonly filters: number;
	readonly groups: number;
}

const grouped = ({ side, channels, filters, groups }: Grouped) =>
	layer([side, side, channels], { outChannels: filters, groups, kernelSize: 1, bias: false });
