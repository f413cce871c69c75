import { changedOutputs, toOnnx, type OnnxAbout } from '$lib/formats/onnx/write';
import type { FileOutput } from '$lib/formats';
import type { NetworkWeights } from '$lib/formats/tensors';
import { m } from '$lib/i18n';
import { formatGraph, type ResolvedGraph } from '$lib/nets';
import type { OptionsOf } from '$lib/ops';
import { Unwritten } from '$lib/viz/code/framework';
import { cut, cutNames } from '$lib/viz/words/cut';
import { safeName } from '$lib/viz/export/save';
import { writeKerasNetwork } from '$lib/viz/code/kerasNetwork';
import { writePytorchNetwork } from '$lib/viz/code/pytorchNetwork';

export type ExportKind = 'onnx' | 'graph' | 'pytorch' | 'keras';

const endings: Readonly<Record<ExportKind, string>> = {
	...{ onnx: '.onnx', graph: '.json', pytorch: '_pytorch.py', keras: '_keras.py' }
};

/** A network as a file, or why it is none. */
export function exported(
	kind: ExportKind,
	net: ResolvedGraph,
	weights: NetworkWeights | null,
	about: OnnxAbout
): { readonly file: Blob; readonly name: string } | string {
	const unknown = unknownOperators(kind, net);
	if (unknown !== null) return unknown;
	try {
		return { file: new Blob([contentOf(kind, net, weights, about)]), name: fileName(net) + endings[kind] };
	} catch (error) {
		if (!(error instanceof Unwritten)) throw error;
		return m.formats_export_unwritten({ reason: m.formats_unwritten({ code: error.code, name: error.of }) });
	}
}

/** Why a network cannot be written so; `null` where it can. */
export function hindranceOf(kind: ExportKind, net: ResolvedGraph): string | null {
	// The others have all operators that there are.
	if (kind === 'onnx' || kind === 'graph') return unknownOperators(kind, net);
	const found = exported(kind, net, null, {});
	return typeof found === 'string' ? found : null;
}

/** What an ONNX file calls or lays otherwise than the file that the network is from; `null` where it is the same. */
export function changesOf(net: ResolvedGraph, about: OnnxAbout): string | null {
	if (unknownOperators('onnx', net) !== null) return null;
	const changed = changedOutputs(net, about);
	if (changed.length === 0) return null;
	const text = ({ name, dims }: FileOutput) => `${cut(name)} [${dims.join('×')}]`;
	return m.formats_export_outputs({
		outputs: cutNames(changed.map(([from, to]) => `${text(from)} → ${text(to)}`))
	});
}

function unknownOperators(kind: ExportKind, net: ResolvedGraph): string | null {
	const unknown = net.nodes.filter(({ op }) => op === 'opaque');
	if (unknown.length === 0 || kind === 'graph') return null;
	const types = new Set(unknown.map(({ node }) => (node.options as OptionsOf<'opaque'>).type));
	return m.formats_export_opaque({ types: [...types].slice(0, 8).join(', ') });
}

function contentOf(
	kind: ExportKind,
	net: ResolvedGraph,
	weights: NetworkWeights | null,
	about: OnnxAbout
): BlobPart {
	switch (kind) {
		case 'onnx':
			return toOnnx(net, weights, about);
		case 'graph':
			return formatGraph(net.graph);
		case 'pytorch':
			return writePytorchNetwork(net, { isRow: about.isRow === true });
		case 'keras':
			return writeKerasNetwork(net, { isRow: about.isRow === true });
	}
}

const fileName = ({ graph }: ResolvedGraph): string => safeName(graph.name) || 'network';
