import type { Shape } from '$lib/ops';
import { assigned, writeOperator, type Framework } from '../../../code/framework';
import { keras } from '../../../code/keras';
import { pytorch } from '../../../code/pytorch';
import { indented } from '../../../code/python';
import { listed } from '../../../code/text';
import type { Chain } from './chain';

/** The layers as a script of PyTorch: declared, applied to `x`, given their values. */
export function writePytorch({ input, stages, withValues }: Chain): string {
	const { declared, forward, loads } = partsOf(pytorch, stages, withValues, ([h, w, c]) => [c, h, w]);
	const [height, width, channels] = input.shape;
	const x = withValues
		? `x = torch.tensor(${listed(input.data)}).float()\nx = x.reshape(1, ${height}, ${width}, ${channels}).permute(0, 3, 1, 2)`
		: `x = torch.rand(1, ${channels}, ${height}, ${width})`;
	return blocks(
		lines(
			'import torch',
			declared.length > 0 && 'from torch import nn',
			forward.includes('F.') && 'from torch.nn import functional as F'
		),
		declared.join('\n'),
		forward,
		withValues && loads.length > 0 && lines('with torch.no_grad():', ...indented(loads, 1)),
		`${x}\nprint(forward(x))`
	);
}

/** The layers as a script of Keras. */
export function writeKeras({ input, stages, withValues }: Chain): string {
	const { declared, forward, loads } = partsOf(keras, stages, withValues, (shape) => shape);
	const shape = `(1, ${input.shape.join(', ')})`;
	const imports = ['layers', 'ops'].filter((name) => [...declared, forward].join().includes(`${name}.`));
	return blocks(
		lines('import numpy as np', imports.length > 0 && `from keras import ${imports.join(', ')}`),
		declared.join('\n'),
		forward,
		withValues
			? `x = np.array(${listed(input.data)}, "float32").reshape${shape}`
			: `x = np.random.rand${shape}.astype("float32")`,
		// A layer has its weights once it has seen an input.
		loads.length > 0 && lines('forward(x)', ...loads),
		'print(forward(x))'
	);
}

const texts = (parts: readonly (string | false)[]) => parts.filter((part) => part);
const lines = (...parts: readonly (string | false)[]) => texts(parts).join('\n');
const blocks = (...parts: readonly (string | false)[]) => `${texts(parts).join('\n\n')}\n`;

/** What all scripts have: declarations, the function that applies them, and what gives them their values. */
function partsOf(
	framework: Framework,
	stages: Chain['stages'],
	withValues: boolean,
	ordered: (shape: Shape) => readonly number[]
) {
	const declared: string[] = [];
	const forward = stages.flatMap(({ id, layer }) => {
		const place = {
			reads: ['x'],
			y: 'x',
			isInline: false,
			layer(text: string, ending = '') {
				declared.push(`${id}${ending} = ${text}`);
				return `${id}${ending}`;
			}
		};
		const shape = ordered(layer.geometry.outputs[0]!).join(', ');
		const { before, value } = writeOperator(framework, layer, place);
		return assigned('x', { before, value: `${value}  # [1, ${shape}]` });
	});
	const { load } = framework;
	const loads = stages.flatMap(({ id, layer, weights }) =>
		layer.kind === 'conv2d'
			? load.conv2d(id, layer.geometry, weights, withValues)
			: layer.kind === 'transposedConv2d'
				? load.transposedConv2d(id, layer.geometry, weights, withValues)
				: []
	);
	return { declared, forward: lines('def forward(x):', ...indented([...forward, 'return x'], 1)), loads };
}
