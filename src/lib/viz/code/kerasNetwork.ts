import type { ResolvedGraph } from '$lib/nets';
import { assigned, writeOperator } from './framework';
import { keras } from './keras';
import { programOf, type CallLine, type NodeLine, type Unit } from './program';
import { costLine, indented, snake, unitNote } from './python';

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
		...indented(unit.lines.flatMap(apply), 1),
		`    return ${unit.gives}`
	].join('\n');
}

function call({ unit, count, reads, sets }: CallLine): string[] {
	const line = `${sets} = ${snake(unit.path)}(${reads})`;
	return count === 1 ? [line] : [`for _ in range(${count}):`, `    ${line}`];
}

/** The layers of a node, applied one a line. */
function apply({ node: { op, node, geometry }, reads, sets }: NodeLine): string[] {
	const y = sets.join(', ');
	const place = { reads, y, isInline: true, layer: (text: string) => text };
	return assigned(y, writeOperator(keras, { kind: op, options: node.options, geometry }, place));
}
