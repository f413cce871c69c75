import {
	channelFlow,
	graphCost,
	graphMemory,
	layerRows,
	networkById,
	receptiveFields,
	resolveGraph
} from '../../src/lib/nets';

/** Builds a network's graph, finds its shapes, and does every analysis of it. */
function analyse(id: string): void {
	const net = resolveGraph(networkById(id).build());
	graphCost(net);
	layerRows(net);
	graphMemory(net);
	receptiveFields(net);
	channelFlow(net, net.nodes[0]!.id);
}

/** Milliseconds of all analyses of a network, in Node, run after run: at the first, nothing is compiled yet. */
export function analysesTimes(id: string, runs = 50): readonly number[] {
	return Array.from({ length: runs }, () => {
		const started = performance.now();
		analyse(id);
		return performance.now() - started;
	});
}
