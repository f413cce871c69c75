import { nearestMultiples, validGroups, type Shape } from '../../ops';
import { GraphBuilder, type Ref } from '../builder';
import { resolveGraph, type ResolvedGraph } from '../resolve';
import {
	BlockError,
	checkExtent,
	shareOf,
	type BlockSpec,
	type Branches,
	type Share,
	type Step,
	type StepPath
} from './spec';

/** What a block is built for. */
export interface BlockSize {
	/** Height and width of its input. */
	readonly size: number;
	readonly inChannels: number;
	/** What its shares are shares of. */
	readonly outChannels: number;
}

/** How a block is set into a graph. */
export interface Placing {
	/** What comes before the names of its nodes. */
	readonly prefix: string;
	readonly outChannels: number;
	/**
	 * Whether an empty lane beside an add gets a 1×1 convolution where the shapes differ (ResNet's and Xception's way); they
	 * are refused unless given.
	 */
	readonly projects?: boolean;
	/** Called with the output of each step. */
	readonly onStep?: (path: StepPath, output: Ref) => void;
}

/** A block as a graph of its own. */
export interface BuiltBlock {
	readonly net: ResolvedGraph;
	/** Output of each step, by its path with points between. */
	readonly shapes: ReadonlyMap<string, Shape>;
}

/**
 * Builds a block over an input of its own, or several of them one after the other, the later ones over `outChannels`.
 * @throws {BlockError} that names the step, and says what would be right.
 */
export function buildBlock(
	name: string,
	spec: BlockSpec,
	{ size, inChannels, outChannels }: BlockSize,
	{ copies = 1, projects = false }: { readonly copies?: number; readonly projects?: boolean } = {}
): BuiltBlock {
	checkExtent(spec);
	const shapes = new Map<string, Shape>();
	const net = new GraphBuilder(name, [size, size, inChannels]);
	let x: Ref = net.input;
	for (let copy = 1; copy <= copies; copy++) {
		x = placeBlock(net, x, spec, {
			prefix: copies === 1 ? '' : `copy${copy}/`,
			outChannels,
			projects,
			onStep: (path, output) => shapes.set(path.join('.'), net.shape(output))
		});
	}
	return { net: resolveGraph(net.build(x)), shapes };
}

/**
 * Adds a block to a graph that is being built. Its convolutions have a bias where the block has no batch norm: a batch norm
 * would take any bias out again.
 * @returns its output
 * @throws {BlockError}
 */
export function placeBlock(net: GraphBuilder, x: Ref, spec: BlockSpec, placing: Placing): Ref {
	return new Placer(net, placing, !hasNorm(spec)).steps(x, spec, []);
}

/** Whether a batch norm stands anywhere in a block. */
export function hasNorm(spec: BlockSpec): boolean {
	return spec.some((step) => (step.op === 'branches' ? step.lanes.some(hasNorm) : step.op === 'norm'));
}

/** PyTorch's. */
const epsilon = 1e-5;

/** Padding that keeps the size at stride 1. */
const around = (kernel: number) => (kernel - 1) / 2;

class Placer {
	readonly #counts = new Map<string, number>();

	constructor(
		readonly net: GraphBuilder,
		readonly placing: Placing,
		readonly bias: boolean
	) {}

	steps(x: Ref, steps: BlockSpec, at: StepPath): Ref {
		return steps.reduce((from, step, i) => {
			const path = [...at, i];
			const output = this.#step(from, step, path);
			this.placing.onStep?.(path, output);
			return output;
		}, x);
	}

	#id(name: string): string {
		const count = (this.#counts.get(name) ?? 0) + 1;
		this.#counts.set(name, count);
		return `${this.placing.prefix}${name}${count}`;
	}

	#step(x: Ref, step: Step, path: StepPath): Ref {
		const { net, bias } = this;
		switch (step.op) {
			case 'standard': {
				const { kernel: kernelSize, stride } = step;
				const outChannels = this.#channels(step.share, path);
				const options = { outChannels, kernelSize, stride, padding: around(kernelSize), bias };
				return net.conv2d(this.#id('conv'), x, options);
			}
			case 'depthwise': {
				const { kernel: kernelSize, stride } = step;
				const options = { kernelSize, stride, padding: around(kernelSize), bias };
				return net.depthwiseConv2d(this.#id('depthwise'), x, options);
			}
			case 'pointwise': {
				const outChannels = this.#channels(step.share, path);
				return net.conv2d(this.#id('pointwise'), x, {
					outChannels,
					kernelSize: 1,
					stride: step.stride,
					bias
				});
			}
			case 'group': {
				const { kernel: kernelSize, stride, groups } = step;
				const outChannels = this.#channels(step.share, path);
				this.#checkGroups(groups, net.channels(x), outChannels, path);
				const options = { outChannels, kernelSize, stride, padding: around(kernelSize), groups, bias };
				return net.conv2d(this.#id('group'), x, options);
			}
			case 'shuffle':
				this.#checkGroups(step.groups, net.channels(x), net.channels(x), path);
				return net.op('channelShuffle', this.#id('shuffle'), x, { groups: step.groups });
			case 'pool': {
				const { kernel: kernelSize, stride } = step;
				const options = { kernelSize, stride, padding: around(kernelSize) };
				return step.pool === 'max'
					? net.maxPool(this.#id('maxpool'), x, options)
					: net.avgPool(this.#id('avgpool'), x, { ...options, countPadding: true });
			}
			case 'norm':
				return net.batchNorm(this.#id('bn'), x, { epsilon });
			case 'relu':
				return net.relu(this.#id('relu'), x);
			case 'branches':
				return this.#branches(x, step, path);
		}
	}

	#branches(x: Ref, { input, join, lanes }: Branches, path: StepPath): Ref {
		const { net } = this;
		const entries = input === 'copy' ? lanes.map(() => x) : this.#split(x, lanes.length, path);
		const ends = lanes.map((lane, k) => this.steps(entries[k]!, lane, [...path, k]));
		const model =
			ends[
				Math.max(
					0,
					lanes.findIndex((lane) => lane.length > 0)
				)
			]!;
		const joined = ends.map((end, k) =>
			join === 'add' && this.placing.projects && lanes[k]!.length === 0 ? this.#project(end, model) : end
		);
		const [height, , channels] = net.shape(joined[0]!);
		joined.forEach((ref, k) => {
			const [size, , own] = net.shape(ref);
			if (size !== height) {
				const message = `lane ${k + 1} gives ${size}×${size} and lane 1 ${height}×${height}; to be joined they need the same size`;
				throw new BlockError('laneSize', message, { lane: k + 1, size, first: height }, path);
			}
			if (join === 'add' && own !== channels) {
				const message = `lane ${k + 1} gives ${own} channels and lane 1 ${channels}; to be added they need the same`;
				throw new BlockError('addChannels', message, { lane: k + 1, channels: own, first: channels }, path);
			}
		});
		return join === 'add' ? net.add(this.#id('add'), joined) : net.concat(this.#id('concat'), joined);
	}

	#split(x: Ref, lanes: number, path: StepPath): Ref[] {
		const channels = this.net.channels(x);
		if (channels % lanes !== 0) {
			const nearest = nearestMultiples(lanes, channels).join(', ');
			const message = `${channels} channels cannot be split into ${lanes} equal lanes; the nearest that can: ${nearest}`;
			throw new BlockError('split', message, { channels, lanes, nearest }, path);
		}
		const id = this.net.op('split', this.#id('split'), x, {
			sizes: Array.from({ length: lanes }, () => channels / lanes)
		});
		return Array.from({ length: lanes }, (_, k) => `${id}:${k}`);
	}

	/** A shortcut's 1×1 convolution to the shape of its neighbour, where it has another. */
	#project(x: Ref, model: Ref): Ref {
		const { net, bias } = this;
		const [from, , inChannels] = net.shape(x);
		const [to, , outChannels] = net.shape(model);
		if (from === to && inChannels === outChannels) return x;
		const options = { outChannels, kernelSize: 1, stride: Math.ceil(from / to), bias };
		const projected = net.conv2d(this.#id('shortcut'), x, options);
		return bias ? projected : net.batchNorm(this.#id('shortcut_bn'), projected, { epsilon });
	}

	#channels(share: Share, path: StepPath): number {
		const width = this.placing.outChannels;
		const channels = width * shareOf(share);
		if (Math.abs(channels - Math.round(channels)) < 1e-6 && channels >= 1) return Math.round(channels);
		const under = Number(share.split('/')[1] ?? 1);
		const nearest = nearestMultiples(under, width).join(', ');
		const message = `${share} of ${width} channels is no whole number; the nearest widths that divide: ${nearest}`;
		throw new BlockError('share', message, { share, width, nearest }, path);
	}

	#checkGroups(groups: number, inChannels: number, outChannels: number, path: StepPath): void {
		if (inChannels % groups === 0 && outChannels % groups === 0) return;
		const valid = validGroups(inChannels, outChannels)
			.filter((divisor) => divisor > 1)
			.slice(0, 6)
			.join(', ');
		const message = `${inChannels} → ${outChannels} channels do not divide into ${groups} groups; these would do: ${valid || 'none'}`;
		throw new BlockError('groups', message, { groups, inChannels, outChannels, valid }, path);
	}
}
