import {
	ofActivations,
	type Conv2dGeometry,
	type PoolGeometry,
	type Sides,
	type TransposedConv2dGeometry,
	type Weights
} from '$lib/ops';
import { Unwritten, type Framework, type Place, type Written } from './framework';
import { scientific } from './python';
import { countedOf, isEven, isNone, joined, listed, pythonPair, reachesOver } from './text';

/** PyTorch has `[batch, channels, height, width]` and kernels `[out, in / groups, kh, kw]`. */
export const pytorch: Framework = {
	write: {
		...ofActivations((activation) => (g: object, { x }: Place): Written => [activation.pytorch(x, g)]),
		conv2d: convolution,
		transposedConv2d: transposed,
		dense({ taps, outChannels, bias }, { x, layer }) {
			const args = joined(`${taps}, ${outChannels}`, !bias && 'bias=False');
			return [`${layer(`nn.Linear(${args})`)}(${x}.flatten(1))`];
		},
		batchNorm({ inputs, epsilon }, { x, layer }) {
			const args = joined(String(inputs[0]![2]), epsilon !== 1e-5 && `eps=${scientific(epsilon)}`);
			return [`${layer(`nn.BatchNorm2d(${args})`)}(${x})`];
		},
		scale({ inputs, scale, center }, { x, layer }) {
			const of = (start: string, ending: string) =>
				layer(`nn.Parameter(torch.${start}(${inputs[0]![2]}, 1, 1))`, ending);
			return [
				[x, scale && `* ${of('ones', '_scale')}`, center && `+ ${of('zeros', '_shift')}`]
					.filter((part) => part !== false)
					.join(' ')
			];
		},
		// PyTorch divides `alpha` by the size.
		localResponseNorm({ depthRadius, alpha, beta, bias }, { x }) {
			const size = 2 * depthRadius + 1;
			return [`F.local_response_norm(${x}, ${size}, alpha=${size} * ${alpha}, beta=${beta}, k=${bias})`];
		},
		maxPool(g, { x, y }) {
			if (Math.max(...g.dilation) > 1)
				throw new Unwritten('no program is written for dilated pools', 'dilatedPool');
			if (padsItself(g)) return [`F.max_pool2d(${poolArguments(x, g, g.padding)})`];
			return [
				`${y} = F.pad(${x}, ${sides(countedOf(g).counted)}, value=float("-inf"))`,
				`F.max_pool2d(${poolArguments(y, g, null)})`
			];
		},
		avgPool(g, { x, y }) {
			const counting = !isNone(g.padding) && !g.countPadding && 'count_include_pad=False';
			if (padsItself(g)) return [`F.avg_pool2d(${joined(poolArguments(x, g, g.padding), counting)})`];
			const pool = (of: string) => `F.avg_pool2d(${poolArguments(of, g, null)})`;
			const pad = (of: string) => `F.pad(${of}, ${sides(countedOf(g).counted)})`;
			if (g.countPadding) return [`${y} = ${pad(x)}`, pool(y)];
			// The share of each window that is input.
			return [`share = ${pad(`torch.ones_like(${x})`)}`, `${y} = ${pad(x)}`, `${pool(y)} / ${pool('share')}`];
		},
		globalAvgPool: (_, { x }) => [`${x}.mean((2, 3), keepdim=True)`],
		globalMaxPool: (_, { x }) => [`${x}.amax((2, 3), keepdim=True)`],
		prelu: ({ inputs, shared }, { x, layer }) => [
			`${layer(`nn.PReLU(${shared ? 1 : inputs[0]![2]})`)}(${x})`
		],
		layerNorm({ inputs, epsilon, scale, center }, { x, layer }) {
			const args = joined(
				String(inputs[0]![2]),
				epsilon !== 1e-5 && `eps=${scientific(epsilon)}`,
				!scale && 'elementwise_affine=False',
				scale && !center && 'bias=False'
			);
			return [`${layer(`nn.LayerNorm(${args})`)}(${x}.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)`];
		},
		pad: ({ padding, value }, { x }) => [
			`F.pad(${joined(`${x}, ${sides(padding)}`, value !== 0 && `value=${value}`)})`
		],
		resizeNearest: (g, { x }) => [`F.interpolate(${x}, (${g.size.join(', ')}), mode="${nearestOf(g)}")`],
		resizeBilinear({ size, coordinates }, { x }) {
			if (coordinates === 'asymmetric')
				throw new Unwritten('no program is written for asymmetric resizing', 'resize', coordinates);
			const corners = coordinates === 'alignCorners' && 'align_corners=True';
			return [`F.interpolate(${joined(`${x}, (${size.join(', ')})`, 'mode="bilinear"', corners)})`];
		},
		spaceToDepth({ blockSize: b }, { x }) {
			const parted = `${x}.unflatten(3, (-1, ${b})).unflatten(2, (-1, ${b}))`;
			return [`${parted}.permute(0, 3, 5, 1, 2, 4).flatten(1, 3)`];
		},
		depthToSpace({ blockSize: b, blockLast }, { x }) {
			if (blockLast) return [`F.pixel_shuffle(${x}, ${b})`];
			const parted = `${x}.unflatten(1, (${b}, ${b}, -1)).permute(0, 3, 4, 1, 5, 2)`;
			return [`${parted}.flatten(4, 5).flatten(2, 3)`];
		},
		channelShuffle: ({ groups, channelsPerGroup }, { x }) => [
			`${x}.unflatten(1, (${groups}, ${channelsPerGroup})).transpose(1, 2).flatten(1, 2)`
		],
		add: (_, { reads }) => [reads.join(' + ')],
		multiply: (_, { reads }) => [reads.join(' * ')],
		concat: (_, { reads }) => [`torch.cat([${reads.join(', ')}], 1)`],
		concatPlaces: (_, { reads }) => [
			`torch.cat([${reads.map((x) => `${x}.flatten(2)`).join(', ')}], 2).unsqueeze(2)`
		],
		split: ({ sizes }, { x }) => [`${x}.split([${sizes.join(', ')}], 1)`],
		softmax: (_, { x }) => [`${x}.softmax(1)`],
		dropout: ({ rate }, { x }) => [`F.dropout(${x}, ${rate}, self.training)`]
	},
	load: {
		conv2d(id, { kernelSize, inChannelsPerGroup, outChannels }, weights) {
			const from = [...kernelSize, inChannelsPerGroup, outChannels].join(', ');
			return load(id, weights, `.reshape(${from}).permute(3, 2, 0, 1)`);
		},
		transposedConv2d(id, g, weights) {
			const { kernelSize, inChannelsPerGroup, outChannelsPerGroup, groups, inChannels } = g;
			const from = [...kernelSize, inChannelsPerGroup, groups, outChannelsPerGroup].join(', ');
			const to = [inChannels, outChannelsPerGroup, ...kernelSize].join(', ');
			return load(id, weights, `.reshape(${from}).permute(3, 2, 4, 0, 1).reshape(${to})`);
		}
	}
};

/** PyTorch's name for nearest places, by what they are computed with. */
function nearestOf({ coordinates }: { readonly coordinates: string }): string {
	if (coordinates === 'alignCorners')
		throw new Unwritten('no program is written for aligned corners', 'resize', coordinates);
	return coordinates === 'asymmetric' ? 'nearest' : 'nearest-exact';
}

function load(id: string, { kernel, bias }: Weights, reordered: string): string[] {
	if (!kernel) return [];
	const lines = [`${id}.weight.copy_(torch.tensor(${listed(kernel.data, '    ')})${reordered})`];
	return bias ? [...lines, `${id}.bias.copy_(torch.tensor(${listed(bias.data, '    ')}))`] : lines;
}

/** PyTorch's order: left, right, top, bottom. */
const sides = ({ left, right, top, bottom }: Sides) => `(${left}, ${right}, ${top}, ${bottom})`;

function convolution(g: Conv2dGeometry, { x, y, isSame, layer }: Place): Written {
	const { kernelSize, stride, dilation, padding, groups, bias } = g;
	const unit = Math.max(...stride) === 1;
	// PyTorch's own "same" is TensorFlow's, but refuses strides.
	const own = isNone(padding)
		? ''
		: isEven(padding)
			? `padding=${pythonPair([padding.top, padding.left])}`
			: isSame && unit
				? 'padding="same"'
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
	const conv = layer(`nn.Conv2d(${args})`);
	return own === null ? [`${y} = F.pad(${x}, ${sides(padding)})`, `${conv}(${y})`] : [`${conv}(${x})`];
}

function transposed(g: TransposedConv2dGeometry, place: Place): Written {
	const { kernelSize, stride, dilation, groups, bias, padding, outputSize } = g;
	const along = (axis: 0 | 1) => {
		const before = axis === 0 ? padding.top : padding.left;
		const size = outputSize[axis];
		const full = (g.inputs[0]![axis] - 1) * stride[axis] + g.effectiveKernelSize[axis];
		// PyTorch crops as much behind as before, less `output_padding`, which has a limit of its own.
		const more = size - (full - 2 * before);
		if (more < 0) return { padding: before, more: 0, slice: `:${size}` };
		if (more < Math.max(stride[axis], dilation[axis])) return { padding: before, more, slice: ':' };
		return { padding: 0, more: Math.max(0, before + size - full), slice: `${before}:${before + size}` };
	};
	const [rows, columns] = [along(0), along(1)];
	const args = joined(
		`${g.inChannels}, ${g.outChannels}`,
		`kernel_size=${pythonPair(kernelSize)}`,
		Math.max(...stride) > 1 && `stride=${pythonPair(stride)}`,
		Math.max(rows.padding, columns.padding) > 0 && `padding=${pythonPair([rows.padding, columns.padding])}`,
		Math.max(rows.more, columns.more) > 0 && `output_padding=${pythonPair([rows.more, columns.more])}`,
		groups > 1 && `groups=${groups}`,
		!bias && 'bias=False',
		Math.max(...dilation) > 1 && `dilation=${pythonPair(dilation)}`
	);
	const slices = `${rows.slice}, ${columns.slice}`;
	const crop = slices === ':, :' ? '' : `[:, :, ${slices}]`;
	return [`${place.layer(`nn.ConvTranspose2d(${args})`)}(${place.x})${crop}`];
}

/** PyTorch pads pools evenly, and by half a window at most. */
const padsItself = ({ padding, kernelSize: [kh, kw] }: PoolGeometry) =>
	isEven(padding) && padding.top <= Math.floor(kh / 2) && padding.left <= Math.floor(kw / 2);

function poolArguments(x: string, g: PoolGeometry, padding: Sides | null): string {
	return joined(
		`${x}, ${pythonPair(g.kernelSize)}`,
		`stride=${pythonPair(g.stride)}`,
		padding !== null && !isNone(padding) && `padding=${pythonPair([padding.top, padding.left])}`,
		reachesOver(g) && 'ceil_mode=True'
	);
}
