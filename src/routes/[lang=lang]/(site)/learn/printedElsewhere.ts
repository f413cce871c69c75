/** Figures of papers about networks that nobody has a graph of, or about training: read in the papers (a test holds them to what was read). */

/** ShuffleNet, table 4: top-1 error in percent of networks of one budget each, in millions of MACs, built of the units of others. */
export const shufflenetTable4 = {
	140: { vgg: 50.7, resnet: 37.3, xception: 33.6, resnext: 33.3, shufflenet: 32.4 },
	38: { vgg: null, resnet: 48.8, xception: 45.1, resnext: 46.0, shufflenet: 41.6 },
	13: { vgg: null, resnet: 63.7, xception: 57.1, resnext: 65.2, shufflenet: 52.7 }
} as const;

/** Xception, table 3: steps of training in a second. */
export const xceptionSteps = { xception: 28, inceptionV3: 31 } as const;
