/** Channels of the 1×1 convolutions together, of the input and of the output: few enough that each can be drawn. */
export const channels = 12;

/** From the module of Inception v3 to the one that Xception is built on (paper, figures 1 to 4). */
export const stages = ['inception', 'simplified', 'segments', 'extreme'] as const;
export type MorphStage = (typeof stages)[number];

/** The stage in which the reader sees segments change: they come after the Inception module, and the extreme is the finest cut. */
export const cutStage: Readonly<Record<MorphStage, MorphStage>> = {
	inception: 'simplified',
	simplified: 'simplified',
	segments: 'segments',
	extreme: 'segments'
};

export const morphKnobs = {
	stage: { kind: 'choice', choices: stages, default: 'inception' },
	/** Into how many segments, with a 3×3 convolution each, the channels after the 1×1 fall. */
	segments: { kind: 'number', min: 1, max: channels, step: 1, default: 3, whole: true }
} as const;
