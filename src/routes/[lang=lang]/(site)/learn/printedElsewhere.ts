/** Figures of papers about networks that nobody has a graph of, or about training, as they were read there; a test holds tables to what was read. */

/** ShuffleNet, table 4: top-1 error in percent of networks of one budget each, in millions of MACs, built of the units of others. */
export const shufflenetTable4 = {
	140: { vgg: 50.7, resnet: 37.3, xception: 33.6, resnext: 33.3, shufflenet: 32.4 },
	38: { vgg: null, resnet: 48.8, xception: 45.1, resnext: 46.0, shufflenet: 41.6 },
	13: { vgg: null, resnet: 63.7, xception: 57.1, resnext: 65.2, shufflenet: 52.7 }
} as const;

/** Xception, table 2: FastEval14k MAP@100 of networks trained on JFT, with fully connected layers at the end and without. */
export const xceptionJft = {
	withLayers: { xception: 6.78, inceptionV3: 6.5 },
	without: { xception: 6.7, inceptionV3: 6.36 }
} as const;

/** ShuffleNet, table 5: a shallow network of its units, about as deep as MobileNet (half the width, three groups); millions of MACs. */
export const shufflenetShallow = { macs: 40, top1Error: 42.8 } as const;

/** ShuffleNet, section 4.5: how many times fewer multiply-adds usually make how many times as fast. */
export const shufflenetSpeedUp = { fewer: 4, faster: 2.6 } as const;

/** SqueezeNet, section 5.2: squeeze ratio, top-5 accuracy in percent, megabytes; and top-5 with half of the expand filters 3×3, as section 5.3 and as figure 3 have it. */
export const squeezeRatios = {
	published: { ratio: 0.125, top5: 80.3, megabytes: 4.8 },
	best: { ratio: 0.75, top5: 86.0, megabytes: 19 },
	halfExpand3x3: { top5: 85.6, top5InFigure: 85.3 }
} as const;

/** Deep Compression, abstract: weights for one that pruning leaves, and how many times smaller files get, from how many megabytes. */
export const deepCompression = {
	pruned: { least: 9, most: 13 },
	alexnet: { times: 35 },
	vgg16: { times: 49, to: 11.3 }
} as const;

/** Xception, table 3: steps of training in a second. */
export const xceptionSteps = { xception: 28, inceptionV3: 31 } as const;

/**
 * Picojoules for a 32-bit number on a 45 nm chip: S. Han and others, arXiv:1506.02626, figure 1, after M. Horowitz. (Horowitz,
 * ISSCC 2014, figure 1.1.9, has 1300 to 2600 pJ for 64 bits of DRAM.)
 */
export const energyOf32Bits = { dram: 640, multiplication: 3.7 } as const;

/** R. Krishnamoorthi, arXiv:1806.08342, abstract: how near accuracies on integers are to those on real numbers, without training on. */
export const integersWithin = 0.02;
