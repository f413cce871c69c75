import { GraphBuilder, type Ref } from '../builder';
import { KnobError } from '../errors';
import type { Graph } from '../types';
import { defineNetwork } from './network';
import { classesKnob, dropoutKnob, firstPoolKnob, resolutionKnob, stemStrideKnob } from './parts';

const PAPER = {
	title: 'SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size',
	arxiv: '1602.07360v4'
} as const;

/** What differs between the versions: the stem, and the modules that a pool follows. */
const VERSIONS = {
	'1.0': { stem: { kernelSize: 7, channels: 96 }, poolAfter: [4, 8] },
	'1.1': { stem: { kernelSize: 3, channels: 64 }, poolAfter: [3, 5] }
} as const;

/** Expand channels of fire2 to fire9 (paper, table 1): base 128, 128 more every second module. */
const EXPAND = [128, 128, 256, 256, 384, 384, 512, 512];

/**
 * SqueezeNet. Every convolution has a bias, there is no batch norm, ReLU follows every one, conv10 too. Ids are those of
 * the published prototxt. Source: paper, table 1 and figure 2 (bypasses); v1.1 after the authors' repository.
 */
export const squeezenet = /* @__PURE__ */ defineNetwork({
	id: 'squeezenet',
	title: 'SqueezeNet',
	year: 2016,
	paper: PAPER,
	family: 'squeezenet',
	scope: 'network',
	knobs: {
		version: { kind: 'choice', choices: ['1.0', '1.1'], default: '1.0' },
		bypass: { kind: 'choice', choices: ['none', 'simple', 'complex'], default: 'none' },
		resolution: resolutionKnob(227),
		/** 0 as in the paper's table (13×13); the published prototxt has 1 (15×15). */
		conv10Padding: { kind: 'choice', choices: [0, 1], default: 0 },
		/** Squeeze channels over expand channels (paper, section 5.2). */
		squeezeRatio: { kind: 'number', min: 0.125, max: 1, step: 0.125, default: 0.125, symbol: 'SR' },
		/** Share of the expand channels that are 3×3 (paper, section 5.3). */
		expand3x3Share: { kind: 'number', min: 0.01, max: 0.99, step: 0.01, default: 0.5, symbol: 'pct₃ₓ₃' },
		classes: classesKnob,
		width: { kind: 'number', min: 0.125, max: 2, step: 0.125, default: 1, unit: '×', secondary: true },
		fires: { kind: 'number', min: 1, max: 8, step: 1, default: 8, whole: true, secondary: true },
		stemStride: stemStrideKnob,
		firstPool: firstPoolKnob,
		batchNorm: { kind: 'flag', default: false, secondary: true },
		dropout: dropoutKnob(0.5)
	},
	graph(name, knobs) {
		const { batchNorm, width } = knobs;
		const version = VERSIONS[knobs.version];
		const net = new GraphBuilder(name, [knobs.resolution, knobs.resolution, 3]);
		const pool = (id: string, x: Ref) => net.maxPool(id, x, { kernelSize: 3, stride: 2, ceil: true });

		let x = net.block('stem', 'stem', () => {
			const outChannels = scaled(version.stem.channels, width);
			const kernelSize = version.stem.kernelSize;
			const stem = convRelu(net, 'conv1', 'relu_conv1', net.input, batchNorm, {
				outChannels,
				kernelSize,
				stride: knobs.stemStride
			});
			return knobs.firstPool ? pool('pool1', stem) : stem;
		});
		EXPAND.slice(0, knobs.fires).forEach((channels, i) => {
			const expand = scaled(channels, width);
			const e3 = clamp(Math.round(expand * knobs.expand3x3Share), 1, expand - 1);
			const s1 = Math.max(1, Math.round(expand * knobs.squeezeRatio));
			const number = i + 2;
			const isSimple = number % 2 === 1 && knobs.bypass !== 'none';
			const isComplex = number % 2 === 0 && knobs.bypass === 'complex';
			const bypass = isSimple ? 'identity' : isComplex ? 'pointwise' : 'none';
			x = fire(net, `fire${number}`, x, { s1, e1: expand - e3, e3, bypass, batchNorm });
			if ((version.poolAfter as readonly number[]).includes(number)) x = pool(`pool${number}`, x);
		});
		return net.build(
			net.block('classifier', 'classifier', () => {
				const dropped = net.dropout(`drop${knobs.fires + 1}`, x, knobs.dropout);
				const conv10 = net.relu(
					'relu_conv10',
					net.conv2d('conv10', dropped, {
						outChannels: knobs.classes,
						kernelSize: 1,
						padding: knobs.conv10Padding
					})
				);
				return net.softmax('prob', net.globalAvgPool('pool10', conv10));
			})
		);
	}
});

/** A single fire module over an input of its own (paper, section 3.2). */
export const fireModule = /* @__PURE__ */ defineNetwork({
	id: 'fire-module',
	title: 'Fire module',
	year: 2016,
	paper: PAPER,
	family: 'squeezenet',
	scope: 'module',
	knobs: {
		s1: { kind: 'number', min: 1, max: 128, step: 1, default: 16, whole: true, symbol: 's₁ₓ₁' },
		e1: { kind: 'number', min: 1, max: 512, step: 1, default: 64, whole: true, symbol: 'e₁ₓ₁' },
		e3: { kind: 'number', min: 1, max: 512, step: 1, default: 64, whole: true, symbol: 'e₃ₓ₃' },
		inChannels: { kind: 'number', min: 1, max: 1024, step: 1, default: 96, whole: true },
		resolution: { kind: 'number', min: 1, max: 256, step: 1, default: 55, whole: true, unit: 'px' },
		bypass: { kind: 'choice', choices: ['none', 'identity', 'pointwise'], default: 'none' }
	},
	graph(name, { inChannels, resolution, ...options }): Graph {
		const expanded = options.e1 + options.e3;
		if (options.bypass === 'identity' && inChannels !== expanded) {
			const message = `identity adds the ${inChannels} channels of the input to ${expanded} channels; it fits where inChannels is ${expanded}, and pointwise fits any`;
			throw new KnobError('doesNotFit', 'bypass', message, { inChannels, channels: expanded });
		}
		const net = new GraphBuilder(name, [resolution, resolution, inChannels]);
		return net.build(fire(net, 'fire', net.input, { ...options, batchNorm: false }));
	}
});

interface FireOptions {
	readonly s1: number;
	readonly e1: number;
	readonly e3: number;
	readonly bypass: 'none' | 'identity' | 'pointwise';
	readonly batchNorm: boolean;
}

/** Squeeze by 1×1; expand by 1×1 and 3×3 side by side, both from the squeezed; concat, 1×1 first. */
function fire(net: GraphBuilder, name: string, x: Ref, { s1, e1, e3, bypass, batchNorm }: FireOptions): Ref {
	return net.block(name, 'fire', () => {
		const conv = (part: string, from: Ref, outChannels: number, kernelSize: number) =>
			convRelu(net, `${name}/${part}`, `${name}/relu_${part}`, from, batchNorm, {
				outChannels,
				kernelSize,
				padding: (kernelSize - 1) / 2
			});
		const squeezed = conv('squeeze1x1', x, s1, 1);
		const expanded = net.concat(`${name}/concat`, [
			conv('expand1x1', squeezed, e1, 1),
			conv('expand3x3', squeezed, e3, 3)
		]);
		if (bypass === 'none') return expanded;
		const around =
			bypass === 'identity' ? x : net.conv2d(`${name}/bypass1x1`, x, { outChannels: e1 + e3, kernelSize: 1 });
		return net.add(`${name}/add`, [expanded, around]);
	});
}

function convRelu(
	net: GraphBuilder,
	id: string,
	reluId: string,
	x: Ref,
	batchNorm: boolean,
	options: Parameters<GraphBuilder['conv2d']>[2]
): Ref {
	const conv = net.conv2d(id, x, { ...options, bias: !batchNorm });
	return net.relu(reluId, batchNorm ? net.batchNorm(`${id}_bn`, conv) : conv);
}

function scaled(channels: number, width: number): number {
	return Math.max(2, Math.round(channels * width));
}

function clamp(value: number, min: number, max: number): number {
	return Math.min(max, Math.max(min, value));
}
