import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	fieldWindow,
	GraphBuilder,
	networkById,
	receptiveFields,
	resolveGraph,
	runGraph,
	type Graph,
	type GraphWeights,
	type Ref
} from '$lib/nets';
import { cellAt, tensor, zeros } from '$lib/ops';

/** The field of a network's tensor along y. */
function fieldOf(id: string, ref: string) {
	const resolved = resolveGraph(networkById(id).build());
	return receptiveFields(resolved)[resolved.byRef.get(ref)!.index]!;
}

describe('receptiveFields(resolved)', () => {
	// Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019, table of networks.
	it.each([
		['vgg16', 'block5_pool', 212, 32, -90],
		['mobilenet', 'conv_pw_13_relu', 315, 32, -126],
		['inception-v3', 'mixed_7c/concat', 1311, 32, -618]
	])('%s at %s: %d pixels, stride %d, from %d', (id, ref, size, jump, start) => {
		const along = { size, jump, start };
		expect(fieldOf(id, ref)).toEqual({ y: along, x: along, global: false, unknown: false });
	});

	it('covers the whole input after global pooling and after squeeze-and-excite', () => {
		expect(fieldOf('mobilenet', 'global_pool')).toMatchObject({ global: true, y: { size: 224, start: 0 } });
		expect(fieldOf('mobilenet-v3-small', 'block1_project').global).toBe(true);
	});
});

describe('fieldWindow(resolved, tensor, y, x)', () => {
	/** The smallest window of the input positions that change an output position; `null` where none does. */
	function expectExact(graph: Graph): void {
		const resolved = resolveGraph(graph);
		const changed = changedBy(graph);
		const [height, width] = resolved.output.shape;
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const inputs = changed(y, x);
				const ys = inputs.map((cell) => cell.y);
				const xs = inputs.map((cell) => cell.x);
				expect(fieldWindow(resolved, resolved.output.index, y, x)).toEqual(
					inputs.length === 0
						? null
						: {
								top: Math.min(...ys),
								bottom: Math.max(...ys),
								left: Math.min(...xs),
								right: Math.max(...xs)
							}
				);
			}
		}
	}

	it('is the window of input positions that change an output position, on random graphs', () => {
		const layer = fc.record({
			kind: fc.constantFrom('conv', 'maxPool', 'avgPool', 'residual', 'transposedConv2d'),
			kernelSize: fc.constantFrom(1, 2, 3),
			stride: fc.constantFrom(1, 1, 2),
			padding: fc.constantFrom<('valid' | 'same' | 1)[]>('valid', 'same', 1)
		});
		fc.assert(
			fc.property(fc.array(layer, { minLength: 1, maxLength: 4 }), (choices) => {
				const graph = spatialGraph(choices);
				if (graph) expectExact(graph);
			}),
			{ numRuns: 60 }
		);
	});

	it('ends where the first layer’s last window does, not at the padding of the second', () => {
		const net = new GraphBuilder('Odd', [9, 9, 1]);
		const first = net.conv2d('first', net.input, { outChannels: 1, kernelSize: 2, stride: 2 });
		const graph = net.build(net.conv2d('second', first, { outChannels: 1, kernelSize: 2, padding: 'same' }));
		expect(fieldWindow(resolveGraph(graph), 2, 0, 3)).toEqual({ top: 0, bottom: 3, left: 6, right: 7 });
		expectExact(graph);
	});

	it('depends on the phase of a transposed convolution’s stride', () => {
		for (const [kernelSize, stride, padding] of [
			[2, 2, 0],
			[3, 2, 1],
			[4, 2, 1],
			[3, 3, 0],
			[3, 1, 1]
		] as const) {
			const net = new GraphBuilder('Up', [4, 4, 1]);
			const up = net.op('transposedConv2d', 'up', net.input, { outChannels: 1, kernelSize, stride, padding });
			expectExact(net.build(net.conv2d('conv', up, { outChannels: 1, kernelSize: 2 })));
		}
	});

	it('is that of the head that a position is from, where heads stand in one row', () => {
		const net = new GraphBuilder('heads', [8, 6, 3]);
		const fine = net.conv2d('fine', net.input, { kernelSize: 3, outChannels: 2, padding: 1 });
		const coarse = net.op('maxPool', 'coarse', [fine], { kernelSize: 2, stride: 2 });
		const resolved = resolveGraph(net.build(net.op('concatPlaces', 'row', [fine, coarse], {})));
		const windows = resolved.tensors
			.slice(1, 3)
			.flatMap(({ index, shape: [height, width] }) =>
				Array.from({ length: height * width }, (_, i) =>
					fieldWindow(resolved, index, Math.floor(i / width), i % width)
				)
			);
		expect(windows).toHaveLength(48 + 12);
		const { index } = resolved.output;
		expect(windows.map((_, x) => fieldWindow(resolved, index, 0, x))).toEqual(windows);
		// No head is larger than the coarser one's, and all of the row is said to be as large.
		expect(receptiveFields(resolved)[index]).toMatchObject({ y: { size: 4, start: -1 }, global: false });
	});

	it('is null for a position that sees padding only', () => {
		const net = new GraphBuilder('Padded', [2, 2, 1]);
		const graph = net.build(net.conv2d('conv', net.input, { outChannels: 1, kernelSize: 1, padding: 1 }));
		const resolved = resolveGraph(graph);
		expect(fieldWindow(resolved, 1, 0, 0)).toBeNull();
	});
});

interface Choice {
	readonly kind: 'conv' | 'maxPool' | 'avgPool' | 'residual' | 'transposedConv2d';
	readonly kernelSize: number;
	readonly stride: number;
	readonly padding: 'valid' | 'same' | 1;
}

/** One channel, 9×9, a layer a choice; `null` where a layer does not fit. */
function spatialGraph(choices: readonly Choice[]): Graph | null {
	const net = new GraphBuilder('Spatial', [9, 9, 1]);
	let x: Ref = net.input;
	try {
		choices.forEach(({ kind, kernelSize, stride, padding }, i) => {
			const id = `n${i}`;
			const window = { kernelSize, stride, padding: padding === 1 && kernelSize < 2 ? 0 : padding };
			if (kind === 'maxPool' || kind === 'avgPool') x = net.op(kind, id, x, window);
			else if (kind === 'transposedConv2d') x = net.op(kind, id, x, { outChannels: 1, ...window });
			else if (kind === 'conv') x = net.conv2d(id, x, { outChannels: 1, ...window });
			else {
				const same = { outChannels: 1, padding: 'same' } as const;
				x = net.add(id, [x, net.conv2d(`${id}_conv`, x, { ...same, kernelSize })]);
			}
		});
	} catch {
		return null;
	}
	return net.build(x);
}

/** For an output position the input positions that change it, one after the other raised over zeros. */
function changedBy(graph: Graph) {
	const resolved = resolveGraph(graph);
	const shape = resolved.tensors[0]!.shape;
	const ones: GraphWeights = Object.fromEntries(
		resolved.nodes.map((node) => [
			node.id,
			Object.fromEntries(
				node.operator
					.weights(node.geometry)
					.map((spec) => [
						spec.name,
						{ shape: spec.shape, data: zeros(spec.shape).data.fill(spec.name === 'kernel' ? 1 : 0) }
					])
			)
		])
	);
	const outputs = Array.from({ length: shape[0] * shape[1] }, (_, raised) => {
		const input = tensor(
			shape,
			Float64Array.from({ length: shape[0] * shape[1] }, (_, i) => (i === raised ? 1 : 0))
		);
		return runGraph(resolved, [input], ones)[resolved.output.index]!;
	});
	const width = resolved.output.shape[1];
	return (y: number, x: number) =>
		outputs.flatMap(({ data }, raised) => (data[y * width + x] === 0 ? [] : [cellAt(shape, raised)]));
}
