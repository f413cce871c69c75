import type { ResolvedGraph } from '$lib/nets';
import { rowEnd } from '$lib/nets/analyses/rowEnd';
import { assigned, writeOperator } from './framework';
import { programOf, SharedLayers, type CallLine, type NodeLine, type Program, type Unit } from './program';
import { pytorch } from './pytorch';
import { costLine, indented, Names, pascal, shapeNote, snake, unitNote, type Writing } from './python';

/** A network as a PyTorch module, a class for each unit that stands in it more than once or by itself. */
export function writePytorchNetwork(net: ResolvedGraph, writing: Writing = {}): string {
	const program = programOf(net);
	const classes = new Names(['Network', 'torch', 'nn', 'F']);
	const classOf = (unit: Unit) => classes.of(unit, pascal(unit.path));
	const shared = new SharedLayers(net);
	const inputs = net.graph.inputs.map(
		({ shape: [height, width, channels] }) => `torch.rand(1, ${channels}, ${height}, ${width})`
	);
	const out = net.output.shape;
	const isMadeRow = writing.isRow === true && rowEnd(net) !== null;
	const body = [
		...program.units.map((unit) => unitClass(unit, classOf(unit), shared, writing)),
		networkClass(isMadeRow ? flattened(program) : program, classOf, shared, writing)
	];
	const output = `model(${inputs.join(', ')})${program.gives.length > 1 ? '[0]' : ''}`;
	const end = [
		'model = Network().eval()',
		`print(sum(p.numel() for p in model.parameters()))  # ${costLine(net)}`,
		`print(${output}.shape)  # [1, ${isMadeRow || isFlat(net) ? out[2] : `${out[2]}, ${out[0]}, ${out[1]}`}]`
	].join('\n');
	const needsF = body.some((text) => text.includes('F.'));
	const head = ['import torch', 'from torch import nn', needsF && 'from torch.nn import functional as F'];
	return `${[head.filter((line) => line).join('\n'), ...body, end].join('\n\n\n')}\n`;
}

/** Its first output as a row. */
const flattened = (program: Program): Program => ({
	...program,
	gives: program.gives.map((name, i) => (i === 0 ? `${name}.flatten(1)` : name))
});

/** What a module has already, and what a layer must not be called. */
const ofModule =
	'forward train eval training type float double half bfloat16 to cpu cuda xpu apply children modules parameters buffers ' +
	'named_children named_modules named_parameters named_buffers state_dict load_state_dict register_buffer register_parameter ' +
	'register_module add_module get_submodule get_parameter get_buffer requires_grad_ zero_grad share_memory extra_repr compile';
const memberNames = () => new Names(ofModule.split(' '));

/** Whether the output is a row of numbers: a dense layer's. */
function isFlat(net: ResolvedGraph): boolean {
	return net.nodes.some(({ op }) => op === 'dense');
}

function unitClass(unit: Unit, name: string, shared: SharedLayers, writing: Writing): string {
	const { declared, forward } = bodyOf(unit.lines, memberNames(), shared, writing);
	return [
		`class ${name}(nn.Module):`,
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

function networkClass(
	{ lines, takes, gives }: Program,
	classOf: (unit: Unit) => string,
	shared: SharedLayers,
	writing: Writing
): string {
	const members = memberNames();
	const parts = partsOf(lines).map((part) => {
		if (!isCalls(part)) return bodyOf(part, members, shared, writing);
		const name = members.fresh(snake(part[0]!.around || part[0]!.unit.path));
		return {
			declared: sequential(part, name, classOf),
			forward: [`${part.at(-1)!.sets} = self.${name}(${part[0]!.reads})`]
		};
	});
	return [
		'class Network(nn.Module):',
		'    def __init__(self):',
		'        super().__init__()',
		...indented(
			parts.flatMap(({ declared }) => declared),
			2
		),
		'',
		`    def forward(self, ${takes.join(', ')}):`,
		...indented(
			parts.flatMap(({ forward }) => forward),
			2
		),
		`        return ${gives.join(', ')}`
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

function sequential(calls: readonly CallLine[], name: string, classOf: (unit: Unit) => string): string[] {
	const [first] = calls;
	if (calls.length === 1 && first!.count === 1) return [`self.${name} = ${classOf(first!.unit)}()`];
	return [
		`self.${name} = nn.Sequential(`,
		...calls.map(({ unit, count }) =>
			count === 1 ? `    ${classOf(unit)}(),` : `    *[${classOf(unit)}() for _ in range(${count})],`
		),
		')'
	];
}

/** The layers of a module and the lines of its forward pass; batch norm and ReLU stand around what they follow. */
function bodyOf(
	lines: readonly NodeLine[],
	members: Names,
	shared: SharedLayers,
	writing: Writing
): { declared: readonly string[]; forward: readonly string[] } {
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
		const layer = (text: string, ending = '') =>
			shared.of(node.id, ending, text, () => {
				const member = `self.${members.fresh(`${name}${ending}`)}`;
				declared.push(`${member} = ${text}`);
				return member;
			});
		const { before, value } = writeOperator(
			pytorch,
			{ kind: node.op, options: node.node.options, geometry: node.geometry },
			{ reads: follows ? [last!.value] : reads, y, isInline: false, layer }
		);
		if (follows) written.pop();
		written.push({ node, y, before: follows ? last!.before : before, value });
	}
	return {
		declared,
		forward: written.flatMap(({ node, y, ...line }) => assigned(y, line, shapeNote(node, writing)))
	};
}
