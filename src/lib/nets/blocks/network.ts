import type { OptionsOf } from '../../ops';
import { GraphBuilder, type Ref } from '../builder';
import type { KnobValues } from '../knobs';
import { classesKnob, firstPoolKnob, resolutionKnob } from '../networks/parts';
import type { Graph } from '../types';
import { hasNorm, placeBlock } from './build';
import { presets } from './presets';
import { BlockError, checkExtent, type BlockSpec } from './spec';
import { hasStride, withoutStride, withStride } from './stride';
import { writeBlock } from './text';

const widthKnob = <const D extends number>(value: D) =>
	({ kind: 'number', min: 8, max: 2048, step: 8, default: value, whole: true }) as const;
const repeatsKnob = <const D extends number>(value: D) =>
	({ kind: 'number', min: 1, max: 12, step: 1, default: value, whole: true }) as const;

/** Knobs of the network that a block is stacked into. Widths and repeats beyond the last stage wait for it. */
export const stackKnobs = {
	resolution: { ...resolutionKnob(224), min: 32, max: 512, step: 32 },
	/** Channels of the first convolution. */
	stem: { kind: 'number', min: 8, max: 128, step: 8, default: 24, whole: true },
	firstPool: firstPoolKnob,
	stages: { kind: 'number', min: 1, max: 4, step: 1, default: 3, whole: true },
	repeats1: repeatsKnob(4),
	repeats2: repeatsKnob(8),
	repeats3: repeatsKnob(4),
	repeats4: repeatsKnob(2),
	width1: widthKnob(240),
	width2: widthKnob(480),
	width3: widthKnob(960),
	width4: widthKnob(1920),
	/** What halves the size at the beginning of a stage, for blocks without a stride of their own. */
	down: { kind: 'choice', choices: ['stride', 'pool'], default: 'stride' },
	classes: classesKnob
} as const;
export type StackValues = KnobValues<typeof stackKnobs>;

/** A stage of the network: how often the block stands in it, and how wide. */
export interface Stage {
	readonly number: number;
	readonly repeats: number;
	readonly width: number;
}

/** The stages that the knobs say. */
export function stagesOf(values: StackValues): Stage[] {
	const all = [
		{ repeats: values.repeats1, width: values.width1 },
		{ repeats: values.repeats2, width: values.width2 },
		{ repeats: values.repeats3, width: values.width3 },
		{ repeats: values.repeats4, width: values.width4 }
	];
	return all.slice(0, values.stages).map((stage, i) => ({ number: i + 1, ...stage }));
}

/**
 * A network of one block: a 3×3 convolution of stride 2 and a pool; stages that each begin by halving the size; global average
 * pool and classifier. Shortcuts get a 1×1 convolution where a stage changes their shape, and blocks that cannot change the
 * number of channels themselves (a depthwise convolution, a split) have one before them.
 * @throws {BlockError} with code `stage`, and the nearest widths that fit, where the block does not.
 */
export function buildNetwork(name: string, spec: BlockSpec, values: StackValues): Graph {
	checkExtent(spec);
	const { resolution } = values;
	const net = new GraphBuilder(name, [resolution, resolution, 3]);
	let x: Ref = net.block('stem', 'stem', () => {
		const stem = convolved(
			net,
			'conv1',
			net.input,
			{ outChannels: values.stem, kernelSize: 3, stride: 2, padding: 1 },
			hasNorm(spec)
		);
		return values.firstPool ? net.maxPool('pool1', stem, { kernelSize: 3, stride: 2, padding: 1 }) : stem;
	});
	for (const stage of stagesOf(values)) {
		x = net.block(`stage${stage.number}`, 'stage', () => placeStage(net, x, spec, stage, values.down));
	}
	return net.build(
		net.block('classifier', 'classifier', () => {
			const pooled = net.globalAvgPool('global_pool', x);
			return net.softmax('softmax', net.dense('fc', pooled, { outChannels: values.classes }));
		})
	);
}

function placeStage(
	net: GraphBuilder,
	x: Ref,
	spec: BlockSpec,
	{ number, repeats, width }: Stage,
	down: StackValues['down']
): Ref {
	const hasOwn = hasStride(spec);
	const later = withoutStride(spec);
	const first = hasOwn ? spec : down === 'stride' ? withStride(spec) : spec;
	const kind = kindOf(spec);
	let from = x;
	if (!hasOwn && down === 'pool') {
		from = net.maxPool(`stage${number}/pool`, x, { kernelSize: 3, stride: 2, padding: 1 });
	}
	try {
		if (outputOf(net.channels(from), first, width) !== outputOf(width, later, width)) {
			from = net.block('entry', null, (path) =>
				convolved(net, `${path}/conv`, from, { outChannels: width, kernelSize: 1 }, hasNorm(spec))
			);
		}
		for (let unit = 1; unit <= repeats; unit++) {
			from = net.block(`unit${unit}`, kind, (path) =>
				placeBlock(net, from, unit === 1 ? first : later, {
					prefix: `${path}/`,
					outChannels: width,
					projects: true
				})
			);
		}
	} catch (error) {
		if (!(error instanceof BlockError)) throw error;
		const nearest = nearestWidths(later, width).join(', ');
		const message = `stage ${number}: ${error.message}${nearest && `; widths that fit: ${nearest}`}`;
		throw new BlockError('stage', message, { stage: number, width, nearest }, error.path, error);
	}
	return from;
}

/** Convolution, batch norm where the block has one, ReLU. */
function convolved(
	net: GraphBuilder,
	id: string,
	x: Ref,
	options: OptionsOf<'conv2d'>,
	normed: boolean
): Ref {
	const conv = net.conv2d(id, x, { ...options, bias: !normed });
	return net.relu(`${id}_relu`, normed ? net.batchNorm(`${id}_bn`, conv, { epsilon: 1e-5 }) : conv);
}

/** Channels that a block gives over others than its own; `null` where it cannot. */
function outputOf(inChannels: number, spec: BlockSpec, width: number): number | null {
	const net = new GraphBuilder('', [8, 8, inChannels]);
	try {
		return net.channels(placeBlock(net, net.input, spec, { prefix: '', outChannels: width, projects: true }));
	} catch (error) {
		if (error instanceof BlockError) return null;
		throw error;
	}
}

/** Farthest that a fitting width is looked for. */
const REACH = 192;

/** The nearest width below and above that a block fits, as far as there are. */
export function nearestWidths(spec: BlockSpec, width: number): number[] {
	const { min, max } = stackKnobs.width1;
	const fits = (candidate: number) =>
		candidate >= min && candidate <= max && outputOf(candidate, spec, candidate) !== null;
	const distances = Array.from({ length: REACH }, (_, i) => i + 1);
	return [-1, 1].flatMap((sign) => {
		const distance = distances.find((d) => fits(width + sign * d));
		return distance === undefined ? [] : [width + sign * distance];
	});
}

/** What a block is by its steps: the kind of the preset that has them, or one with a shortcut. */
export function kindOf(spec: BlockSpec) {
	const text = writeBlock(spec);
	const preset = Object.values(presets).find((known) => writeBlock(known.spec) === text);
	if (preset?.kind) return preset.kind;
	const hasShortcut = spec.some(
		(step) => step.op === 'branches' && step.join === 'add' && step.lanes.some((lane) => lane.length === 0)
	);
	return hasShortcut ? 'residual' : null;
}
