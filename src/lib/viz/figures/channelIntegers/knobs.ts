/** How a layer's channels become integers: by one scale, by one each, or by one after they were brought to about the same range. */
const ways = ['layer', 'channel', 'equalized'] as const;
export type Way = (typeof ways)[number];

export const channelIntegersKnobs = {
	way: { kind: 'choice', choices: ways, default: 'layer' }
} as const;
