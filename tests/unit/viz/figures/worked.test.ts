import { describe, expect, it } from 'vitest';
import { graphCost, networkById, resolveGraph } from '../../../../src/lib/nets';
import { writeKerasNetwork } from '../../../../src/lib/viz/code/kerasNetwork';
import { writePytorchNetwork } from '../../../../src/lib/viz/code/pytorchNetwork';
import {
	workedLayers,
	workedModules,
	workedNet,
	workedTotal
} from '../../../../src/lib/viz/figures/worked/modules';

/** The value of a sum of products as the figure writes it. */
const valueOf = (text: string) =>
	text
		.replaceAll(',', '')
		.split(' + ')
		.map((product) => product.split(' · ').reduce((value, factor) => value * Number(factor), 1))
		.reduce((sum, product) => sum + product, 0);

describe.each(workedModules)('the worked module %s', (module) => {
	const net = workedNet(module);
	const layers = workedLayers(net);

	it('has products that come to what the operators count, and to the total of the graph', () => {
		for (const { params, macs } of layers) {
			expect(valueOf(params.text)).toBe(params.value);
			if (macs) expect(valueOf(macs.text)).toBe(macs.value);
		}
		const { total } = graphCost(net);
		expect(workedTotal(layers)).toEqual({ params: total.params.trainable, macs: total.macs });
	});

	it('has the shape of what each line makes in its margin', () => {
		for (const write of [writePytorchNetwork, writeKerasNetwork]) {
			const [plain, noted] = [write(net), write(net, { shapes: true })];
			expect(noted.replaceAll(/ {2}# [\d×]+$/gm, '')).toBe(plain);
			const [height, width, channels] = net.output.shape;
			expect(noted).toContain(`  # ${height}×${width}×${channels}\n    `);
		}
	});
});

it('fire5 has 49,440 parameters and 35,831,808 multiply-adds, as in the network', () => {
	expect(workedTotal(workedLayers(workedNet('fire')))).toEqual({ params: 49_440, macs: 35_831_808 });
	const squeezenet = resolveGraph(networkById('squeezenet').build());
	const costs = graphCost(squeezenet).nodes;
	const fire5 = squeezenet.nodes.filter(({ id }) => id.startsWith('fire5/'));
	expect(fire5.reduce((sum, { index }) => sum + costs[index]!.macs, 0)).toBe(35_831_808);
	expect(fire5.reduce((sum, { index }) => sum + costs[index]!.params.trainable, 0)).toBe(49_440);
});

it('the separable pair and the Xception block are those of their networks', () => {
	for (const [module, id, block] of [
		['separable', 'mobilenet', /^(conv_dw|conv_pw)_8(_|$)/],
		['xception-block', 'xception', /^block5_/],
		['shuffle-unit', 'shufflenet', /^stage2\/unit2\//]
	] as const) {
		const net = resolveGraph(networkById(id).build());
		const costs = graphCost(net).nodes.filter((_, i) => block.test(net.nodes[i]!.id));
		expect(costs.length).toBeGreaterThan(3);
		expect(workedTotal(workedLayers(workedNet(module)))).toEqual({
			params: costs.reduce((sum, { params }) => sum + params.trainable, 0),
			macs: costs.reduce((sum, { macs }) => sum + macs, 0)
		});
	}
});
