import type { ResolvedGraph } from '$lib/nets';
import { rowEnd } from '$lib/nets/analyses/rowEnd';
import { assigned, writeOperator } from './framework';
import { keras } from './keras';
import { programOf, SharedLayers, variableName, type CallLine, type NodeLine, type Unit } from './program';
import { costLine, indented, Names, shapeNote, snake, unitNote, type Writing } from './python';

/** A network as a functional model of Keras, a function for each unit. */
export function writeKerasNetwork(net: ResolvedGraph, writing: Writing = {}): string {
	const { units, lines, takes, gives } = programOf(net);
	const isMadeRow = writing.isRow === true && rowEnd(net) !== null;
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
	const making: Making = { shared: new SharedLayers(net), names: functions };
	const nameOf = (unit: Unit) => functions.of(unit, snake(unit.path));
	const shapes = net.graph.inputs.map(({ shape }) => `keras.Input((${shape.join(', ')}))`);
	const isOne = takes.length === 1;
	const main = [
		`inputs = ${isOne ? shapes[0]! : `[${shapes.join(', ')}]`}`,
		`${takes.join(', ')} = inputs`,
		...lines.flatMap((line) =>
			line.kind === 'call' ? call(line, nameOf(line.unit)) : apply(line, making, writing)
		),
		...(isMadeRow ? [`${gives[0]!} = layers.Flatten()(${gives[0]!})`] : []),
		`model = keras.Model(inputs, ${gives.length === 1 ? gives[0]! : `[${gives.join(', ')}]`})`,
		'',
		`print(sum(w.numpy().size for w in model.trainable_weights))  # ${costLine(net)}`,
		'print(model.output_shape)'
	].join('\n');
	const body = [...units.map((unit) => unitFunction(unit, nameOf(unit), making, writing)), main].join(
		'\n\n\n'
	);
	const head = `import keras\nfrom keras import layers${/\bops\./.test(body) ? ', ops' : ''}`;
	return `${head}\n\n\n${body}\n`;
}

function unitFunction(unit: Unit, name: string, making: Making, writing: Writing): string {
	return [
		`def ${name}(x):`,
		`    # ${unitNote(unit)}`,
		...indented(
			unit.lines.flatMap((line) => apply(line, making, writing)),
			1
		),
		`    return ${unit.gives}`
	].join('\n');
}

function call({ count, reads, sets }: CallLine, name: string): string[] {
	const line = `${sets} = ${name}(${reads})`;
	return count === 1 ? [line] : [`for _ in range(${count}):`, `    ${line}`];
}

/** What layers are made with that several nodes use. */
interface Making {
	readonly shared: SharedLayers;
	readonly names: Names;
}

/** The layers of a node, applied one a line; those that others use as well are made before, with a name. */
function apply(
	{ node: resolved, name, reads, sets }: NodeLine,
	{ shared, names }: Making,
	writing: Writing
): string[] {
	const { id, op, node, geometry } = resolved;
	const y = sets.join(', ');
	const made: string[] = [];
	// What pads or flattens before it has no weights.
	const layer = (text: string, ending = '') =>
		ending !== '' || !shared.isPart(id)
			? text
			: shared.of(id, ending, text, () => {
					const variable = names.fresh(snake(name));
					made.push(`${variable} = ${text}`);
					return variable;
				});
	const place = { reads, y, isInline: true, layer };
	const written = writeOperator(keras, { kind: op, options: node.options, geometry }, place);
	return [...made, ...assigned(y, written, shapeNote(resolved, writing))];
}
