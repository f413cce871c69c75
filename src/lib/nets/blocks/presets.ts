import type { BlockKind } from '../types';
import type { BlockSpec, Share, Step } from './spec';

const norm: Step = { op: 'norm' };
const relu: Step = { op: 'relu' };
const depthwise: Step = { op: 'depthwise', kernel: 3, stride: 1 };
const pointwise = (share: Share = '1'): Step => ({ op: 'pointwise', share, stride: 1 });
const standard = (share: Share = '1'): Step => ({ op: 'standard', kernel: 3, share, stride: 1 });
const grouped = (groups: number, share: Share): Step => ({
	op: 'group',
	kernel: 1,
	groups,
	share,
	stride: 1
});
const shortcut = (...lane: BlockSpec): Step => ({
	op: 'branches',
	input: 'copy',
	join: 'add',
	lanes: [lane, []]
});

/** A ShuffleNet unit with g groups (paper, figure 2b): bottleneck of a quarter, no ReLU after the depthwise step. */
export function shuffleUnit(groups: number, isShuffled = true): BlockSpec {
	const steps = (of: number): Step[] => (of === 1 ? [pointwise('1/4')] : [grouped(of, '1/4')]);
	const shuffle: Step[] = groups > 1 && isShuffled ? [{ op: 'shuffle', groups }] : [];
	const last: Step = groups === 1 ? pointwise() : grouped(groups, '1');
	return [shortcut(...steps(groups), norm, relu, ...shuffle, depthwise, norm, last, norm), relu];
}

/** A block that is known by a name. */
export interface Preset {
	readonly spec: BlockSpec;
	/** What pages draw it as. */
	readonly kind: BlockKind | null;
}

/**
 * Blocks by name, as addresses have them. The first four are those of the site's networks: with the same channels they have
 * the same parameters and MACs, as a test holds.
 */
export const presets = {
	/** SqueezeNet's, with the paper's widths: s1 = C/8, e1 = e3 = C/2. */
	fire: {
		kind: 'fire',
		spec: [
			pointwise('1/8'),
			relu,
			{
				op: 'branches',
				input: 'copy',
				join: 'concat',
				lanes: [
					[pointwise('1/2'), relu],
					[standard('1/2'), relu]
				]
			}
		]
	},
	separable: { kind: 'separable', spec: [depthwise, norm, relu, pointwise(), norm, relu] },
	'shuffle-unit': { kind: 'shuffleUnit', spec: shuffleUnit(3) },
	'xception-middle': {
		kind: 'residual',
		spec: [shortcut(...[1, 2, 3].flatMap(() => [relu, depthwise, pointwise(), norm]))]
	},
	/** One 3×3 convolution, as VGG stacks them. */
	standard: { kind: 'standard', spec: [standard(), norm, relu] },
	/** ResNet's basic block. */
	residual: {
		kind: 'residual',
		spec: [shortcut(standard(), norm, relu, standard(), norm), relu]
	},
	/** MobileNetV2's: the bottleneck is outside, linear. */
	'inverted-residual': {
		kind: 'invertedResidual',
		spec: [shortcut(pointwise('6'), norm, relu, depthwise, norm, relu, pointwise(), norm)]
	},
	/** ShuffleNetV2's: half of the channels rest. */
	'shuffle-v2': {
		kind: 'shuffleUnit',
		spec: [
			{
				op: 'branches',
				input: 'split',
				join: 'concat',
				lanes: [[], [pointwise('1/2'), norm, relu, depthwise, norm, pointwise('1/2'), norm, relu]]
			},
			{ op: 'shuffle', groups: 2 }
		]
	},
	/** A ShuffleNet unit that has lost its shuffle: its groups never meet. */
	unshuffled: { kind: null, spec: shuffleUnit(3, false) }
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetId = keyof typeof presets;
export const presetIds = Object.keys(presets) as readonly PresetId[];
/** The blocks of the site's four networks. */
export const knownIds = [
	'fire',
	'separable',
	'shuffle-unit',
	'xception-middle'
] as const satisfies readonly PresetId[];
