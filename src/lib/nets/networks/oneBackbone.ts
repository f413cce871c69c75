import { GraphBuilder, type Ref } from '../builder';
import { defineNetwork } from './network';
import { convBnRelu, depthwiseBnRelu } from './parts';

/** The ways of convolving that the fair fight compares. */
export const variants = [
	'standard',
	'depthwise',
	'separable',
	'group',
	'groupShuffle',
	'pointwiseFirst',
	'pointwiseFirstRelu'
] as const;
export type Variant = (typeof variants)[number];

/** Output channels and stride of each layer after the stem. */
const layers: readonly (readonly [channels: number, stride: 1 | 2])[] = [
	[32, 1],
	[64, 2],
	[64, 1],
	[128, 2],
	[128, 1]
];

/**
 * One small network in which nothing but the way of convolving changes: a stem, five layers of 3×3, global average pooling, a
 * classifier. Batch norm follows every convolution, ReLU every layer. Made for this site, so that the ways can be trained
 * side by side (tools/train).
 */
export const oneBackbone = /* @__PURE__ */ defineNetwork({
	id: 'one-backbone',
	title: 'One backbone, seven ways',
	year: 2026,
	paper: { title: 'The fair fight', venue: 'Lightnets' },
	family: 'reference',
	scope: 'module',
	knobs: {
		way: { kind: 'choice', choices: variants, default: 'separable' },
		groups: { kind: 'choice', choices: [2, 4, 8, 16], default: 4, symbol: 'g' },
		resolution: { kind: 'number', min: 8, max: 256, step: 8, default: 32, whole: true, unit: 'px' },
		classes: { kind: 'number', min: 1, max: 1000, step: 1, default: 10, whole: true, secondary: true }
	},
	graph(name, { way: variant, groups, resolution, classes }) {
		const net = new GraphBuilder(name, [resolution, resolution, 3]);
		let x: Ref = net.block('stem', 'stem', () =>
			convBnRelu(net, 'conv1', net.input, { outChannels: 32, kernelSize: 3, stride: 2, padding: 1 })
		);
		layers.forEach(([outChannels, stride], i) => {
			x = net.block(`layer${i + 1}`, 'stage', (path) =>
				layer[variant](net, path, x, { outChannels, stride, groups })
			);
		});
		return net.build(
			net.block('classifier', 'classifier', () => {
				const pooled = net.globalAvgPool('global_pool', x);
				return net.softmax('softmax', net.dense('fc', pooled, { outChannels: classes }));
			})
		);
	}
});

interface LayerOptions {
	readonly outChannels: number;
	readonly stride: 1 | 2;
	readonly groups: number;
}

const window = { kernelSize: 3, padding: 1 } as const;

/** A layer of each way, from the same input to the same output. */
const layer: Readonly<
	Record<Variant, (net: GraphBuilder, path: string, x: Ref, options: LayerOptions) => Ref>
> = {
	standard: (net, path, x, { outChannels, stride }) =>
		convBnRelu(net, `${path}/conv`, x, { ...window, outChannels, stride }),
	depthwise: (net, path, x, { outChannels, stride }) =>
		convBnRelu(net, `${path}/dw`, x, { ...window, outChannels, stride, groups: net.channels(x) }),
	separable(net, path, x, { outChannels, stride }) {
		const depthwise = depthwiseBnRelu(net, `${path}/dw`, x, { ...window, stride });
		return convBnRelu(net, `${path}/pw`, depthwise, { outChannels, kernelSize: 1 });
	},
	group: (net, path, x, { outChannels, stride, groups }) =>
		convBnRelu(net, `${path}/gconv`, x, { ...window, outChannels, stride, groups }),
	groupShuffle(net, path, x, options) {
		const grouped = layer.group(net, path, x, options);
		return net.op('channelShuffle', `${path}/shuffle`, grouped, { groups: options.groups });
	},
	pointwiseFirst: (net, path, x, options) => pointwiseFirst(net, path, x, options, null),
	pointwiseFirstRelu: (net, path, x, options) => pointwiseFirst(net, path, x, options, 'relu')
};

function pointwiseFirst(
	net: GraphBuilder,
	path: string,
	x: Ref,
	{ outChannels, stride }: LayerOptions,
	activation: 'relu' | null
): Ref {
	const pointwise = convBnRelu(net, `${path}/pw`, x, { outChannels, kernelSize: 1, activation });
	return depthwiseBnRelu(net, `${path}/dw`, pointwise, { ...window, stride });
}
