import type { ResolvedGraph } from '$lib/nets';
import { assigned, writeOperator } from './framework';
import { keras } from './keras';
import { programOf, variableName, type CallLine, type NodeLine, type Unit } from './program';
import { costLine, indented, Names, shapeNote, snake, unitNote, type Writing } from './python';

/** A network as a functional model of Keras, a function for each unit. */
export function writeKerasNetwork(net: ResolvedGraph, writing: Writing = {}): string {
	const { units, lines, takes, gives } = programOf(net);
	const variables = Array.from({ length: 200 }, (_, n) => variableName(n));
	const functions = new Names([
		'keras',
		'layers',
		'ops',
		'inputs',
		'model',
		'parts',
		'share',
		'squares',
		...variables
	]);
	const nameOf = (unit: Unit) => functions.of(unit, snake(unit.path));
	const shapes = net.graph.inputs.map(({ shape }) => `keras.Input((${shape.join(', ')}))`);
	const isOne = takes.length === 1;
	const main = [
		`inputs = ${isOne ? shapes[0]! : `[${shapes.join(', ')}]`}`,
		`${takes.join(', ')} = inputs`,
		...lines.flatMap((line) => (line.kind === 'call' ? call(line, nameOf(line.unit)) : apply(line, writing))),
		`model = keras.Model(inputs, ${gives.length === 1 ? gives[0]! : `[${gives.join(', ')}]`})`,
		'',
		`print(sum(w.numpy().size for w in model.trainable_weights))  # ${costLine(net)}`,
		'print(model.output_shape)'
	].join('\n');
	const body = [...units.map((unit) => unitFunction(unit, nameOf(unit), writing)), main].join('\n\n\n');
	const head = `import keras\nfrom keras import layers${/\bops\./.test(body) ? ', ops' : ''}`;
	return `${head}\n\n\n${body}\n`;
}

function unitFunction(unit: Unit, name: string, writing: Writing): string {
	return [
		`def ${name}(x):`,
		`    # ${unitNote(unit)}`,
		...indented(
			unit.lines.flatMap((line) => apply(line, writing)),
			1
		),
		`    return ${unit.gives}`
	].join('\n');
}

function call({ count, reads, sets }: CallLine, name: string): string[] {
	const line = `${sets} = ${name}(${reads})`;
	return count === 1 ? [line] : [`for _ in range(${count}):`, `    ${line}`];
}

/** The layers of a node, applied one a line. */
function apply({ node: resolved, reads, sets }: NodeLine, writing: Writing): string[] {
	const { op, node, geometry } = resolved;
	const y = sets.join(', ');
	const place = { reads, y, isInline: true, layer: (text: string) => text };
	const written = writeOperator(keras, { kind: op, options: node.options, geometry }, place);
	return assigned(y, written, shapeNote(resolved, writing));
}
