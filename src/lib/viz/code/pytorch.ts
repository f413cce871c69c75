import type { ResolvedGraph } from '$lib/nets';
import {
	activationOf,
	isActivation,
	type AvgPoolGeometry,
	type BatchNormGeometry,
	type Conv2dGeometry,
	type DenseGeometry,
	type PoolGeometry
} from '$lib/ops';
import { isEven, isNone, joined, pythonPair, reachesOver } from './text';
import { programOf, type CallLine, type NodeLine, type Program, type Unit } from './program';
import { costLine, indented, pascal, scientific, snake, unitNote } from './python';

/** A network as a PyTorch module, a class for each unit that stands in it more than once or by itself. */
export function writePytorchNetwork(net: ResolvedGraph): string {
	const program = programOf(net);
	const [height, width, channels] = net.tensors[0]!.shape;
	const out = net.output.shape;
	const body = [...program.units.map(unitClass), networkClass(program)];
	const end = [
		'model = Network().eval()',
		`print(sum(p.numel() for p in model.parameters()))  # ${costLine(net)}`,
		`print(model(torch.rand(1, ${channels}, ${height}, ${width})).shape)  # [1, ${isFlat(net) ? out[2] : `${out[2]}, ${out[0]}, ${out[1]}`}]`
	].join('\n');
	const needsF = body.some((text) => text.includes('F.'));
	const head = ['import torch', 'from torch import nn', needsF && 'from torch.nn import functional as F'];
	return `${[head.filter((line) => line).join('\n'), ...body, end].join('\n\n\n')}\n`;
}

/** Whether the output is a row of numbers: a dense layer's. */
function isFlat(net: ResolvedGraph): boolean {
	return net.nodes.some(({ op }) => op === 'dense');
}

function unitClass(unit: Unit): string {
	const lines = unit.lines;
	return [
		`class ${pascal(unit.path)}(nn.Module):`,
		`    # ${unitNote(unit)}`,
		'    def __init__(self):',
		'        super().__init__()',
		...indented(declarations(lines), 2),
		'',
		'    def forward(self, x):',
		...indented(forward(lines), 2),
		`        return ${unit.gives}`
	].join('\n');
}

function networkClass({ lines, gives }: Program): string {
	const parts = partsOf(lines);
	const declared = parts.flatMap((part) => (isCalls(part) ? sequential(part) : declarations(part)));
	const applied = parts.flatMap((part) =>
		isCalls(part) ? [`${part.at(-1)!.sets} = self.${nameOf(part)}(${part[0]!.reads})`] : forward(part)
	);
	return [
		'class Network(nn.Module):',
		'    def __init__(self):',
		'        super().__init__()',
		...indented(declared, 2),
		'',
		'    def forward(self, x):',
		...indented(applied, 2),
		`        return ${gives}`
	].join('\n');
}

type Part = readonly NodeLine[] | readonly CallLine[];
const isCalls = (part: Part): part is readonly CallLine[] => part[0]?.kind === 'call';

/** Layers that follow each other together, and so calls of the same stage. */
function partsOf(lines: Program['lines']): Part[] {
	const parts: (NodeLine | CallLine)[][] = [];
	for (const line of lines) {
		const last = parts.at(-1);
		const before = last?.at(-1);
		const follows =
			line.kind === 'node'
				? before?.kind === 'node'
				: before?.kind === 'call' && before.around === line.around && before.sets === line.reads;
		if (follows) last!.push(line);
		else parts.push([line]);
	}
	return parts as Part[];
}

const nameOf = (calls: readonly CallLine[]) => snake(calls[0]!.around || calls[0]!.unit.path);

function sequential(calls: readonly CallLine[]): string[] {
	const [first] = calls;
	if (calls.length === 1 && first!.count === 1)
		return [`self.${nameOf(calls)} = ${pascal(first!.unit.path)}()`];
	return [
		`self.${nameOf(calls)} = nn.Sequential(`,
		...calls.map(({ unit, count }) =>
			count === 1 ? `    ${pascal(unit.path)}(),` : `    *[${pascal(unit.path)}() for _ in range(${count})],`
		),
		')'
	];
}

function declarations(lines: readonly NodeLine[]): string[] {
	return lines.flatMap(({ node, name }) => {
		const made = layerOf(node);
		return made === null ? [] : [`self.${name} = ${made}`];
	});
}

/** The layer of a node that has weights. */
function layerOf({ op, geometry, inputs }: NodeLine['node']): string | null {
	const channels = inputs[0]!.shape[2];
	if (op === 'conv2d') return convolution(geometry as Conv2dGeometry);
	if (op === 'dense') {
		const { outputs, bias } = geometry as DenseGeometry;
		return `nn.Linear(${joined(`${channels}, ${outputs[0]![2]}`, !bias && 'bias=False')})`;
	}
	if (op !== 'batchNorm') return null;
	const { epsilon } = geometry as BatchNormGeometry;
	return `nn.BatchNorm2d(${joined(String(channels), epsilon !== 1e-5 && `eps=${scientific(epsilon)}`)})`;
}

function convolution(g: Conv2dGeometry): string {
	const { kernelSize, stride, dilation, padding, groups, bias } = g;
	return `nn.Conv2d(${joined(
		`${g.inChannels}, ${g.outChannels}`,
		`kernel_size=${pythonPair(kernelSize)}`,
		Math.max(...stride) > 1 && `stride=${pythonPair(stride)}`,
		!isNone(padding) && isEven(padding) && `padding=${pythonPair([padding.top, padding.left])}`,
		Math.max(...dilation) > 1 && `dilation=${pythonPair(dilation)}`,
		groups > 1 && `groups=${groups}`,
		!bias && 'bias=False'
	)})`;
}

/** Lines of a forward pass; batch norm and activations stand around what they follow. */
function forward(lines: readonly NodeLine[]): string[] {
	const written: { text: string; sets: string; value: string; node: NodeLine['node'] }[] = [];
	for (const line of lines) {
		const { node, sets } = line;
		const last = written.at(-1);
		const follows =
			(node.op === 'batchNorm' || node.op === 'relu') &&
			last?.node === node.inputs[0]?.producer &&
			last?.node.outputs.length === 1 &&
			last.node.outputs[0]!.consumers.length === 1;
		const value = expression(line, follows ? [last!.value] : line.reads);
		if (follows) written.pop();
		const target = sets.join(', ');
		written.push({ text: `${target} = ${value}`, sets: target, value, node });
	}
	return written.map(({ text }) => text);
}

function expression({ node, name }: NodeLine, reads: readonly string[]): string {
	const [x = ''] = reads;
	if (isActivation(node.op)) return activationOf(node.op).pytorch(x, node.geometry);
	switch (node.op) {
		case 'conv2d': {
			const { padding } = node.geometry as Conv2dGeometry;
			if (isEven(padding)) return `self.${name}(${x})`;
			const { left, right, top, bottom } = padding;
			return `self.${name}(F.pad(${x}, (${left}, ${right}, ${top}, ${bottom})))`;
		}
		case 'batchNorm':
			return `self.${name}(${x})`;
		case 'dense':
			return `self.${name}(${x}.flatten(1))`;
		case 'softmax':
			return `${x}.softmax(1)`;
		case 'dropout':
			return `F.dropout(${x}, ${(node.node.options as { rate?: number }).rate ?? 0.5}, self.training)`;
		case 'globalAvgPool':
			return `${x}.mean((2, 3), keepdim=True)`;
		case 'channelShuffle': {
			const { groups } = node.node.options as { groups: number };
			return `${x}.unflatten(1, (${groups}, ${node.inputs[0]!.shape[2] / groups})).transpose(1, 2).flatten(1, 2)`;
		}
		case 'maxPool':
			return pool('max', node.geometry as PoolGeometry, x, '');
		case 'avgPool': {
			const g = node.geometry as AvgPoolGeometry;
			return pool('avg', g, x, isNone(g.padding) || g.countPadding ? '' : 'count_include_pad=False');
		}
		case 'add':
			return reads.join(' + ');
		case 'multiply':
			return reads.join(' * ');
		case 'concat':
			return `torch.cat([${reads.join(', ')}], 1)`;
		case 'split':
			return `${x}.split([${node.outputs.map(({ shape }) => shape[2]).join(', ')}], 1)`;
		case 'transposedConv2d':
		case 'localResponseNorm':
			throw new RangeError(`no program is written for ${node.op} (${node.id})`);
	}
}

function pool(kind: 'max' | 'avg', g: PoolGeometry, x: string, more: string): string {
	if (!isEven(g.padding)) throw new RangeError('no program is written for pools that pad unevenly');
	return `F.${kind}_pool2d(${joined(
		`${x}, ${pythonPair(g.kernelSize)}`,
		`stride=${pythonPair(g.stride)}`,
		!isNone(g.padding) && `padding=${pythonPair([g.padding.top, g.padding.left])}`,
		reachesOver(g) && 'ceil_mode=True',
		more
	)})`;
}
