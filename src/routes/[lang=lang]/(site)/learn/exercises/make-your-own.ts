import { graphCost } from '$lib/nets';
import { blockMixing, buildBlock, readBlock } from '$lib/nets/blocks';
import { exercise } from '../exercise';

export default {
	'two-groups': exercise({
		draw: ({ between, from }) => {
			const groups = between(2, 6);
			return { groups, channels: groups * from([3, 4, 5, 8, 10, 12]) };
		},
		answer: ({ groups, channels }) =>
			blockMixing(readBlock(`1.gc1g${groups}.gc1g${groups}`), {
				size: 1,
				inChannels: channels,
				outChannels: channels
			}).seen[0],
		mistakes: {
			all: ({ channels }) => channels,
			twice: ({ groups, channels }) => channels / groups ** 2,
			sum: ({ groups, channels }) => (2 * channels) / groups,
			square: ({ groups, channels }) => Math.min(channels, (channels / groups) ** 2)
		}
	}),
	'pointwise-instead': exercise({
		draw: ({ from }) => ({ groups: from([2, 3, 4, 5, 6, 8]) }),
		answer: ({ groups }) =>
			macs(`1.gc1g${groups}.pw.gc1g${groups}`, 240) / macs(`1.gc1g${groups}.sh${groups}.gc1g${groups}`, 240),
		digits: 1,
		mistakes: {
			layers: () => 3 / 2,
			added: ({ groups }) => groups / 2,
			one: ({ groups }) => groups + 1,
			groups: ({ groups }) => groups
		}
	}),
	'half-left-alone': exercise({
		draw: ({ between, from }) => ({ side: between(4, 8), channels: from([12, 16, 20, 24, 40]) }),
		answer: ({ side, channels }) => macs('1.scat(pwx1/2_)', channels, side),
		values: ({ side, channels }) => ({ half: channels / 2, all: macs('1.pw', channels, side) }),
		mistakes: {
			half: ({ side, channels }) => (side ** 2 * channels ** 2) / 2,
			all: ({ side, channels }) => side ** 2 * channels ** 2,
			places: ({ channels }) => (channels / 2) ** 2,
			depth: ({ side, channels }) => (side ** 2 * channels) / 2
		}
	})
};

const macs = (block: string, channels: number, size = 28) =>
	graphCost(buildBlock('', readBlock(block), { size, inChannels: channels, outChannels: channels }).net).total
		.macs;
