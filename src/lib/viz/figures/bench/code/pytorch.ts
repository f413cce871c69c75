import type { Conv2dGeometry, PoolGeometry, Sides, TransposedConv2dGeometry } from '$lib/ops';
import type { Chain } from './chain';
import { countedOf, isEven, isNone, joined, listed, pythonPair, reachesOver } from '../../../code/text';

/** What a stage adds to the program: a declaration, what its values need, and what it does to `x`. */
interface Part {
	readonly declare?: string;
	readonly load?: readonly string[];
	readonly forward: readonly string[];
}

/** PyTorch has `[batch, channels, height, width]` and kernels `[out, in / groups, kh, kw]`. */
export function writePytorch({ input, stages, withValues }: Chain): string {
	const parts = stages.map(partOf);
	const body = parts.flatMap(({ forward }, n) => {
		const [height, width, channels] = stages[n]!.layer.geometry.outputs[0]!;
		const last = `${forward.at(-1)}  # [1, ${channels}, ${height}, ${width}]`;
		return [...forward.slice(0, -1), last].map((line) => `    ${line}`);
	});
	const [height, width, channels] = input.shape;
	const loads = withValues ? parts.flatMap(({ load = [] }) => load) : [];
	const x = withValues
		? `x = torch.tensor(${listed(input.data)}).float()\nx = x.reshape(1, ${height}, ${width}, ${channels}).permute(0, 3, 1, 2)`
		: `x = torch.rand(1, ${channels}, ${height}, ${width})`;
	const declared = parts.flatMap(({ declare = [] }) => declare);
	const needsF = body.some((line) => line.includes('F.'));
	return [
		[
			'import torch',
			declared.length > 0 && 'from torch import nn',
			needsF && 'from torch.nn import functional as F'
		]
			.filter((line) => line)
			.join('\n'),
		declared.join('\n'),
		['def forward(x):', ...body, '    return x'].join('\n'),
		loads.length > 0 && ['with torch.no_grad():', ...loads.map((line) => `    ${line}`)].join('\n'),
		`${x}\nprint(forward(x))`
	]
		.filter((block) => block)
		.join('\n\n')
		.concat('\n');
}

function partOf({ id, layer, weights }: Chain['stages'][number]): Part {
	const load = (kernel: string) => {
		const { kernel: k, bias } = weights;
		if (!k) return [];
		const lines = [`${id}.weight.copy_(torch.tensor(${listed(k.data, '    ')})${kernel})`];
		return bias ? [...lines, `${id}.bias.copy_(torch.tensor(${listed(bias.data, '    ')}))`] : lines;
	};
	switch (layer.kind) {
		case 'conv2d': {
			const { kernelSize, inChannelsPerGroup, outChannels } = layer.geometry;
			const from = joined(...[...kernelSize, inChannelsPerGroup, outChannels].map(String));
			return {
				...convolution(id, layer.geometry, layer.options.padding === 'same'),
				load: load(`.reshape(${from}).permute(3, 2, 0, 1)`)
			};
		}
		case 'transposedConv2d': {
			const { kernelSize, inChannelsPerGroup, outChannelsPerGroup, groups, inChannels } = layer.geometry;
			const from = joined(...[...kernelSize, inChannelsPerGroup, groups, outChannelsPerGroup].map(String));
			const to = joined(...[inChannels, outChannelsPerGroup, ...kernelSize].map(String));
			return {
				...transposed(id, layer.geometry),
				load: load(`.reshape(${from}).permute(3, 2, 4, 0, 1).reshape(${to})`)
			};
		}
		case 'channelShuffle': {
			const { groups, channelsPerGroup } = layer.geometry;
			return {
				forward: [`x = x.unflatten(1, (${groups}, ${channelsPerGroup})).transpose(1, 2).flatten(1, 2)`]
			};
		}
		case 'maxPool':
			return { forward: maxPool(layer.geometry) };
		case 'avgPool':
			return { forward: averagePool(layer.geometry, layer.geometry.countPadding) };
		case 'globalAvgPool':
			return { forward: ['x = x.mean((2, 3), keepdim=True)'] };
	}
}

/** PyTorch's order: left, right, top, bottom. */
const sides = ({ left, right, top, bottom }: Sides) => `(${left}, ${right}, ${top}, ${bottom})`;

function convolution(id: string, g: Conv2dGeometry, same: boolean): Part {
	const { kernelSize, stride, dilation, padding, groups, bias } = g;
	const unit = Math.max(...stride) === 1;
	// PyTorch's own "same" is TensorFlow's, but refuses strides.
	const own = isNone(padding)
		? ''
		: same && unit
			? 'padding="same"'
			: isEven(padding)
				? `padding=${pythonPair([padding.top, padding.left])}`
				: null;
	const args = joined(
		`${g.inChannels}, ${g.outChannels}`,
		`kernel_size=${pythonPair(kernelSize)}`,
		!unit && `stride=${pythonPair(stride)}`,
		own ?? '',
		Math.max(...dilation) > 1 && `dilation=${pythonPair(dilation)}`,
		groups > 1 && `groups=${groups}`,
		!bias && 'bias=False'
	);
	const pad = own === null ? [`x = F.pad(x, ${sides(padding)})`] : [];
	return { declare: `${id} = nn.Conv2d(${args})`, forward: [...pad, `x = ${id}(x)`] };
}

function transposed(id: string, g: TransposedConv2dGeometry): Part {
	const { kernelSize, stride, dilation, groups, bias, padding, outputSize } = g;
	const axes = ([0, 1] as const).map((axis) => {
		const before = axis === 0 ? padding.top : padding.left;
		const size = outputSize[axis];
		const full = (g.inputs[0]![axis] - 1) * stride[axis] + g.effectiveKernelSize[axis];
		// PyTorch crops as much behind as before, less `output_padding`, which has a limit of its own.
		const more = size - (full - 2 * before);
		if (more < 0) return { padding: before, more: 0, slice: `:${size}` };
		if (more < Math.max(stride[axis], dilation[axis])) return { padding: before, more, slice: ':' };
		return { padding: 0, more: 0, slice: `${before}:${before + size}` };
	});
	const [y, x] = axes as [(typeof axes)[0], (typeof axes)[0]];
	const args = joined(
		`${g.inChannels}, ${g.outChannels}`,
		`kernel_size=${pythonPair(kernelSize)}`,
		Math.max(...stride) > 1 && `stride=${pythonPair(stride)}`,
		Math.max(y.padding, x.padding) > 0 && `padding=${pythonPair([y.padding, x.padding])}`,
		Math.max(y.more, x.more) > 0 && `output_padding=${pythonPair([y.more, x.more])}`,
		groups > 1 && `groups=${groups}`,
		!bias && 'bias=False',
		Math.max(...dilation) > 1 && `dilation=${pythonPair(dilation)}`
	);
	const slices = axes.map(({ slice }) => slice);
	const crop = slices.every((slice) => slice === ':') ? '' : `[:, :, ${slices.join(', ')}]`;
	return { declare: `${id} = nn.ConvTranspose2d(${args})`, forward: [`x = ${id}(x)${crop}`] };
}

/** PyTorch pads pools evenly, and by half a window at most. */
const padsItself = ({ padding, kernelSize: [kh, kw] }: PoolGeometry) =>
	isEven(padding) && padding.top <= Math.floor(kh / 2) && padding.left <= Math.floor(kw / 2);

function maxPool(g: PoolGeometry): string[] {
	if (padsItself(g)) return [`x = F.max_pool2d(${poolArguments(g, g.padding)})`];
	return [
		`x = F.pad(x, ${sides(countedOf(g).counted)}, value=float("-inf"))`,
		`x = F.max_pool2d(${poolArguments(g, null)})`
	];
}

function averagePool(g: PoolGeometry, countPadding: boolean): string[] {
	const counting = isNone(g.padding) || countPadding ? '' : ', count_include_pad=False';
	if (padsItself(g)) return [`x = F.avg_pool2d(${poolArguments(g, g.padding)}${counting})`];
	const pool = `F.avg_pool2d(${poolArguments(g, null)})`;
	const pad = `x = F.pad(x, ${sides(countedOf(g).counted)})`;
	if (countPadding) return [pad, `x = ${pool}`];
	// The share of each window that is input.
	return [
		`share = F.pad(torch.ones_like(x), ${sides(countedOf(g).counted)})`,
		pad,
		`x = ${pool} / ${pool.replace('(x,', '(share,')}`
	];
}

function poolArguments(g: PoolGeometry, padding: Sides | null): string {
	return joined(
		`x, ${pythonPair(g.kernelSize)}`,
		`stride=${pythonPair(g.stride)}`,
		padding !== null && !isNone(padding) && `padding=${pythonPair([padding.top, padding.left])}`,
		reachesOver(g) && 'ceil_mode=True'
	);
}
