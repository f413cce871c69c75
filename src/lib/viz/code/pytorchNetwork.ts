import type { ResolvedGraph } from '$lib/nets';
import { assigned, writeOperator } from './framework';
import { programOf, type CallLine, type NodeLine, type Program, type Unit } from './program';
import { pytorch } from './pytorch';
import { costLine, indented, pascal, snake, unitNote } from './python';

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
	const { declared, forward } = bodyOf(unit.lines);
	return [
		`class ${pascal(unit.path)}(nn.Module):`,
		`    # ${unitNote(unit)}`,
		'    def __init__(self):',
		'        super().__init__()',
		...indented(declared, 2),
		'',
		'    def forward(self, x):',
		...indented(forward, 2),
		`        return ${unit.gives}`
	].join('\n');
}

function networkClass({ lines, gives }: Program): string {
	const parts = partsOf(lines).map((part) =>
		isCalls(part)
			? {
					declared: sequential(part),
					forward: [`${part.at(-1)!.sets} = self.${nameOf(part)}(${part[0]!.reads})`]
				}
			: bodyOf(part)
	);
	return [
		'class Network(nn.Module):',
		'    def __init__(self):',
		'        super().__init__()',
		...indented(
			parts.flatMap(({ declared }) => declared),
			2
		),
		'',
		'    def forward(self, x):',
		...indented(
			parts.flatMap(({ forward }) => forward),
			2
		),
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

/** The layers of a module and the lines of its forward pass; batch norm and ReLU stand around what they follow. */
function bodyOf(lines: readonly NodeLine[]): { declared: readonly string[]; forward: readonly string[] } {
	const declared: string[] = [];
	const written: { node: NodeLine['node']; y: string; before: readonly string[]; value: string }[] = [];
	for (const { node, name, reads, sets } of lines) {
		const last = written.at(-1);
		const follows =
			(node.op === 'batchNorm' || node.op === 'relu') &&
			last?.node === node.inputs[0]?.producer &&
			last?.node.outputs.length === 1 &&
			last.node.outputs[0]!.consumers.length === 1;
		const y = sets.join(', ');
		const layer = (text: string, ending = '') => {
			declared.push(`self.${name}${ending} = ${text}`);
			return `self.${name}${ending}`;
		};
		const { before, value } = writeOperator(
			pytorch,
			{ kind: node.op, options: node.node.options, geometry: node.geometry },
			{ reads: follows ? [last!.value] : reads, y, isInline: false, layer }
		);
		if (follows) written.pop();
		written.push({ node, y, before: follows ? last!.before : before, value });
	}
	return { declared, forward: written.flatMap(({ y, ...line }) => assigned(y, line)) };
}
