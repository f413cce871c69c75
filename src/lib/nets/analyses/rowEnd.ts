import { isValueByValue } from '../../ops';
import type { ResolvedGraph, ResolvedNode } from '../resolve';

/**
 * The node whose output becomes a row of numbers where a file has the network's output as one: the last that is no function of each
 * value, such as a pool before a softmax.
 * @returns `null` where the output has rows and columns, or a dense layer gives a row anyway
 */
export function rowEnd({ output }: ResolvedGraph): ResolvedNode | null {
	if (output.shape[0] * output.shape[1] > 1) return null;
	let node = output.producer;
	while (node && (node.op === 'softmax' || isValueByValue(node.operator, node.geometry)))
		node = node.inputs[0].producer;
	return node === null || node.op === 'dense' || node.outputs.length > 1 ? null : node;
}
