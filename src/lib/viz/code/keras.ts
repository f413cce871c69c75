import type { ResolvedGraph } from '$lib/nets';
import {
	activationOf,
	isActivation,
	type AvgPoolGeometry,
	type BatchNormGeometry,
	type Conv2dGeometry,
	type DenseGeometry,
	type PoolGeometry,
	type Sides
} from '$lib/ops';
import { isNone, joined, pythonPair, reachesOver } from './text';
import { programOf, type CallLine, type NodeLine, type Unit } from './program';
import { costLine, indented, scientific, snake, unitNote } from './python';

/** A network as a functional model of Keras, a function for each unit. */
export function writeKerasNetwork(net: ResolvedGraph): string {
	const { units, lines, gives } = programOf(net);
	const [height, width, channels] = net.tensors[0]!.shape;
	const main = [
		`inputs = keras.Input((${height}, ${width}, ${channels}))`,
		'x = inputs',
		...lines.flatMap((line) => (line.kind === 'call' ? call(line) : apply(line))),
		`model = keras.Model(inputs, ${gives})`,
		'',
		`print(sum(w.numpy().size for w in model.trainable_weights))  # ${costLine(net)}`,
		'print(model.output_shape)'
	].join('\n');
	const body = [...units.map(unitFunction), main].join('\n\n\n');
	const head = `import keras\nfrom keras import layers${/\bops\./.test(body) ? ', ops' : ''}`;
	return `${head}\n\n\n${body}\n`;
}

function unitFunction(unit: Unit): string {
	return [
		`def ${snake(unit.path)}(x):`,
		`    # ${unitNote(unit)}`,
		...indented(
			unit.lines.flatMap((line) => apply(line)),
			1
		),
		`    return ${unit.gives}`
	].join('\n');
}

function call({ unit, count, reads, sets }: CallLine): string[] {
	const line = `${sets} = ${snake(unit.path)}(${reads})`;
	return count === 1 ? [line] : [`for _ in range(${count}):`, `    ${line}`];
}

/** The layers of a node, applied one a line. */
function apply({ node, reads, sets }: NodeLine): string[] {
	const [x = ''] = reads;
	const y = sets.join(', ');
	const chain = (...layers: readonly (string | false)[]) =>
		layers.filter((layer) => layer !== false).map((layer, i) => `${y} = layers.${layer}(${i === 0 ? x : y})`);
	if (isActivation(node.op)) return chain(activationOf(node.op).keras(node.geometry));
	switch (node.op) {
		case 'conv2d':
			return chain(...convolution(node.geometry as Conv2dGeometry));
		case 'batchNorm': {
			const { epsilon, scale, center } = node.geometry as BatchNormGeometry;
			const options = joined(
				epsilon !== 1e-3 && `epsilon=${scientific(epsilon)}`,
				!scale && 'scale=False',
				!center && 'center=False'
			);
			return chain(`BatchNormalization(${options})`);
		}
		case 'dense': {
			const { outputs, bias } = node.geometry as DenseGeometry;
			return chain('Flatten()', `Dense(${joined(String(outputs[0]![2]), !bias && 'use_bias=False')})`);
		}
		case 'softmax':
			return chain('Softmax()');
		case 'dropout':
			return chain(`Dropout(${(node.node.options as { rate?: number }).rate ?? 0.5})`);
		case 'globalAvgPool':
			return chain('GlobalAveragePooling2D(keepdims=True)');
		case 'channelShuffle': {
			const { groups } = node.node.options as { groups: number };
			const [height, width, channels] = node.inputs[0]!.shape;
			return chain(
				`Reshape((${height}, ${width}, ${groups}, ${channels / groups}))`,
				'Permute((1, 2, 4, 3))',
				`Reshape((${height}, ${width}, ${channels}))`
			);
		}
		case 'maxPool':
			return maxPool(node.geometry as PoolGeometry, x, y);
		case 'avgPool':
			return chain(...averagePool(node.geometry as AvgPoolGeometry));
		case 'add':
			return [`${y} = layers.Add()([${reads.join(', ')}])`];
		case 'multiply':
			return [`${y} = layers.Multiply()([${reads.join(', ')}])`];
		case 'concat':
			return [`${y} = layers.Concatenate()([${reads.join(', ')}])`];
		case 'split': {
			const ends = node.outputs.map(({ shape }) => shape[2]);
			const places = ends.slice(0, -1).map((_, k) => ends.slice(0, k + 1).reduce((so, n) => so + n, 0));
			return [`${y} = ops.split(${x}, [${places.join(', ')}], axis=-1)`];
		}
		case 'transposedConv2d':
		case 'localResponseNorm':
			throw new RangeError(`no program is written for ${node.op} (${node.id})`);
	}
}

const sides = ({ top, bottom, left, right }: Sides) =>
	top === bottom && left === right
		? top === left
			? String(top)
			: `(${top}, ${left})`
		: `((${top}, ${bottom}), (${left}, ${right}))`;

/** Keras pads by itself only as TensorFlow does, which is evenly where the stride is 1 and the window odd. */
const padsItself = ({
	padding,
	kernelSize,
	stride
}: Pick<PoolGeometry, 'padding' | 'kernelSize' | 'stride'>) =>
	Math.max(...stride) === 1 &&
	padding.top === padding.bottom &&
	padding.left === padding.right &&
	2 * padding.top === kernelSize[0] - 1 &&
	2 * padding.left === kernelSize[1] - 1;

function convolution(g: Conv2dGeometry): (string | false)[] {
	const { kernelSize, stride, dilation, padding, groups, bias } = g;
	const isDepthwise = groups > 1 && groups === g.inChannels;
	const own = !isNone(padding) && Math.max(...dilation) === 1 && padsItself(g);
	return [
		!isNone(padding) && !own && `ZeroPadding2D(${sides(padding)})`,
		`${isDepthwise ? 'DepthwiseConv2D' : 'Conv2D'}(${joined(
			!isDepthwise && String(g.outChannels),
			pythonPair(kernelSize),
			Math.max(...stride) > 1 && `strides=${pythonPair(stride)}`,
			own && 'padding="same"',
			isDepthwise && g.outChannels > groups && `depth_multiplier=${g.outChannelsPerGroup}`,
			Math.max(...dilation) > 1 && `dilation_rate=${pythonPair(dilation)}`,
			!isDepthwise && groups > 1 && `groups=${groups}`,
			!bias && 'use_bias=False'
		)})`
	];
}

const poolArguments = (g: PoolGeometry) => `${pythonPair(g.kernelSize)}, strides=${pythonPair(g.stride)}`;

function maxPool(g: PoolGeometry, x: string, y: string): string[] {
	if (reachesOver(g)) throw new RangeError('no program is written for pools that round up');
	if (isNone(g.padding)) return [`${y} = layers.MaxPooling2D(${poolArguments(g)})(${x})`];
	if (padsItself(g)) return [`${y} = layers.MaxPooling2D(${poolArguments(g)}, padding="same")(${x})`];
	// Keras pads with zeros, which a maximum could pick.
	const { top, bottom, left, right } = g.padding;
	return [
		`${y} = ops.pad(${x}, ((0, 0), (${top}, ${bottom}), (${left}, ${right}), (0, 0)), constant_values=float("-inf"))`,
		`${y} = layers.MaxPooling2D(${poolArguments(g)})(${y})`
	];
}

function averagePool(g: AvgPoolGeometry): (string | false)[] {
	if (reachesOver(g) || (!isNone(g.padding) && !g.countPadding))
		throw new RangeError('no program is written for average pools that leave padding out');
	return [
		!isNone(g.padding) && `ZeroPadding2D(${sides(g.padding)})`,
		`AveragePooling2D(${poolArguments(g)})`
	];
}
