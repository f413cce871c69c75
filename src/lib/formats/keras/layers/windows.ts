import type { OptionsOf } from '../../../ops';
import type { Layer } from '../../assembly';
import { permute } from '../../permute';
import type { Handler, LayerCall } from '../call';
import { numberIn, paddingIn, pairIn, windowOf } from '../config';

/** Layers whose windows go over the picture, and those that read all of it. */
export const windows: Readonly<Record<string, Handler>> = {
	Conv2D(call) {
		const { name, config, x, bias } = call;
		const groups = numberIn(config, 'groups', 1);
		const options = { ...windowOf(config), outChannels: numberIn(config, 'filters', NaN), groups, bias };
		return call.one(
			call.assembly.add('conv2d', name, [x], options, {
				kernel: call.values('kernel'),
				bias: call.values('bias')
			})
		);
	},
	DepthwiseConv2D(call) {
		const { name, config, x, bias } = call;
		const outChannels = x.shape[2] * numberIn(config, 'depth_multiplier', 1);
		const options = { ...windowOf(config), outChannels, groups: x.shape[2], bias };
		const kernel = call.values('depthwise_kernel') ?? call.values('kernel');
		return call.one(call.assembly.add('conv2d', name, [x], options, { kernel, bias: call.values('bias') }));
	},
	SeparableConv2D(call) {
		const { name, config, x, bias } = call;
		const outChannels = x.shape[2] * numberIn(config, 'depth_multiplier', 1);
		const deep = call.assembly.add(
			'conv2d',
			`${name}_dw`,
			[x],
			{ ...windowOf(config), outChannels, groups: x.shape[2], bias: false },
			{ kernel: call.values('depthwise_kernel') }
		);
		const options = { outChannels: numberIn(config, 'filters', NaN), kernelSize: 1, bias };
		const given = { kernel: call.values('pointwise_kernel'), bias: call.values('bias') };
		return call.one(call.assembly.add('conv2d', `${name}_pw`, [deep.outs[0]!], options, given));
	},
	Conv2DTranspose(call) {
		return call.one(transposed(call));
	},
	Dense(call) {
		const { name, config, x, bias, isVector } = call;
		const outChannels = numberIn(config, 'units', numberIn(config, 'output_dim', NaN));
		const given = { kernel: call.values('kernel'), bias: call.values('bias') };
		if (isVector)
			return call.plain(call.assembly.add('dense', name, [x], { outChannels, bias }, given).outs[0]!, false);
		return call.one(call.assembly.add('conv2d', name, [x], { outChannels, kernelSize: 1, bias }, given));
	},
	MaxPooling2D(call) {
		const { name, type, config, x } = call;
		const kernelSize = pairIn(config['pool_size'], 2);
		const options = {
			kernelSize,
			stride: pairIn(config['strides'] ?? config['pool_size'], 2),
			padding: paddingIn(config)
		};
		return call.one(call.assembly.add(type === 'MaxPooling2D' ? 'maxPool' : 'avgPool', name, [x], options));
	},
	GlobalAveragePooling2D(call) {
		const { name, x, config } = call;
		const made = call.assembly.add('globalAvgPool', name, [x], {});
		made.outs[0]!.isRow = config['keepdims'] !== true;
		return call.one(made);
	},
	GlobalMaxPooling2D(call) {
		const { name, x, config } = call;
		const made = call.assembly.add('globalMaxPool', name, [x], {});
		made.outs[0]!.isRow = config['keepdims'] !== true;
		return call.one(made);
	}
};

function transposed(call: LayerCall): Layer {
	const { config, name, x } = call;
	const kernel = call.values('kernel');
	const { kernelSize, stride, dilation, padding } = windowOf(config);
	const outChannels = numberIn(config, 'filters', NaN);
	const more =
		config['output_padding'] === null || config['output_padding'] === undefined
			? null
			: pairIn(config['output_padding'], 0);
	// Kernels are [kh, kw, out, in] here alone.
	const turned =
		kernel instanceof Float32Array &&
		kernel.length === kernelSize[0] * kernelSize[1] * outChannels * x.shape[2]
			? permute(kernel, [...kernelSize, outChannels, x.shape[2]], [0, 1, 3, 2])
			: kernel;
	const options: OptionsOf<'transposedConv2d'> = {
		...{ outChannels, kernelSize, stride, dilation, bias: config['use_bias'] !== false },
		...(padding === 'same' && more === null && { padding }),
		// Keras's rule with an output padding: half the kernel goes on each side.
		...(padding === 'same' &&
			more !== null && {
				padding: {
					...{ top: Math.floor(kernelSize[0] / 2), bottom: Math.floor(kernelSize[0] / 2) },
					...{ left: Math.floor(kernelSize[1] / 2), right: Math.floor(kernelSize[1] / 2) }
				},
				outputPadding: more
			}),
		// Without padding it is never smaller than the stride makes it.
		...(padding === 'valid' && {
			outputPadding:
				more ??
				([0, 1].map((axis) => Math.max(0, stride[axis as 0] - kernelSize[axis as 0])) as [number, number])
		})
	};
	return call.assembly.add('transposedConv2d', name, [x], options, {
		kernel: turned,
		bias: call.values('bias')
	});
}
