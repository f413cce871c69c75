import { expect, it } from 'vitest';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import { computablePart } from '$lib/nets/computable';
import { otherOutputsText } from '../../../../src/routes/[lang=lang]/(site)/playground/answer/otherOutputs';

/** A network of two heads, the second perhaps behind an operator that cannot be computed. */
function heads(isOpaque: boolean) {
	const net = new GraphBuilder('Heads', [4, 4, 3]);
	const body = net.op('relu', 'body', net.input, {});
	const boxes = isOpaque
		? net.op('opaque', 'boxes', body, { type: 'Boxes', shapes: [[4, 4, 3]], parameters: 0 })
		: net.op('tanh', 'boxes', body, {});
	const classes = net.op('globalAvgPool', 'classes', body, {});
	const graph = net.build(classes);
	return { graph, boxes };
}
const resolved = (isOpaque: boolean, other: boolean) => {
	const { graph } = heads(isOpaque);
	return resolveGraph({ ...graph, ...(other && { otherOutputs: ['boxes'] }) });
};

it('outputs that are not shown are named with their shapes', () => {
	const net = resolved(false, true);
	expect(otherOutputsText(net, net)).toBe(
		'The network has 2 outputs. Shown is classes; not shown: boxes (4×4×3).'
	);
	const stopped = resolved(true, true);
	expect(otherOutputsText(stopped, computablePart(stopped)!)).toContain('not shown: boxes (4×4×3)');
});

it('nothing is said of a network with one output', () => {
	const net = resolved(false, false);
	expect(otherOutputsText(net, net)).toBeNull();
});
