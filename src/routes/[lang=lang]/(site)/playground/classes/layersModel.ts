import type { WeightArray } from '$lib/engine/client';
import { writeLayersModel } from '$lib/formats/tfjsLayers';
import { resolveGraph } from '$lib/nets/resolve';
import { weightSpecs } from '$lib/nets/run';
import { withHead } from '$lib/nets/backbone';
import type { Head } from '$lib/training/head/softmaxRegression';
import type { Backbone } from './networks';

/**
 * A network with what it has learned, as files of a layers model of TensorFlow.js.
 * @param labels names of the classes, in the order of the head's outputs
 * @param weightOf a weight of the network as it was loaded
 */
export async function layersModelOf(
	{ lane, features }: Backbone,
	head: Head,
	labels: readonly string[],
	weightOf: (node: string, name: string) => Promise<WeightArray>
): Promise<readonly File[]> {
	const { graph, dense } = withHead(lane.parts.graph, features, {
		name: `${lane.parts.title}: ${labels.join(', ')}`.slice(0, 120),
		classes: labels.length
	});
	const whole = resolveGraph(graph);
	const weights: Record<string, Record<string, WeightArray>> = {};
	for (const { id, specs } of weightSpecs(whole)) {
		if (id === dense) continue;
		const own: Record<string, WeightArray> = {};
		for (const { name } of specs) own[name] = await weightOf(id, name);
		weights[id] = own;
	}
	weights[dense] = {
		kernel: { shape: [features.shape[2], labels.length], data: head.kernel },
		bias: { shape: [labels.length], data: head.bias }
	};
	const { preprocessing } = lane.parts;
	const files = writeLayersModel(whole, weights, { preprocessing, labels, time: new Date().toISOString() });
	return Array.from(files, ([name, bytes]) => new File([bytes as BlobPart], name));
}

/** Files as one archive, stored as they are: weights hardly get smaller. */
export async function zipped(files: readonly File[]): Promise<Blob> {
	const { zipSync } = await import('fflate');
	const entries: Record<string, Uint8Array> = {};
	for (const file of files) entries[file.name] = new Uint8Array(await file.arrayBuffer());
	return new Blob([zipSync(entries, { level: 0 }) as BlobPart], { type: 'application/zip' });
}
