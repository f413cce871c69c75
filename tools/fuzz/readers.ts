import { FormatError, openFiles } from '../../src/lib/formats/index';
import { WeightsError } from '../../src/lib/formats/tensors';
import { GraphError, parseGraph, resolveGraph } from '../../src/lib/nets/index';
import { BlockError, readBlock } from '../../src/lib/nets/blocks';
import { inspect, PictureError } from '../../src/lib/running/picture/inspect';
import { decodeGraph } from '../../src/lib/viz/address/graphText';
import { pageAt } from '../../tests/golden/addresses/pages';
import { addressTexts, escapedAddress, type KindName } from './kinds';

/** Milliseconds of a processor that a reader may take. */
const longest = 2000;

/** Where something opens. */
const addresses = new Set(addressTexts.map((of) => of.split('?')[0]!));

/** An address is read into something that is written and read again as the same, and nothing of that is left out. */
function address(bytes: Buffer): void {
	const [path = '', search = ''] = escapedAddress(bytes.toString()).split('?');
	// No page has a codec of its own at an address that leads nowhere.
	const open = pageAt(addresses.has(path) ? `/${path}` : '/ops/standard');
	const { again } = open(`?${search}`);
	const second = open(again);
	if (second.again !== again) throw new Error(`${again} is written again as ${second.again}`);
	if (second.ignored.length > 0) throw new Error(`${again} ignores ${second.ignored.join(' ')}`);
}

async function model(bytes: Buffer): Promise<void> {
	const opened = await openFiles([{ name: 'fuzz.bin', bytes }]);
	if (opened.kind === 'model') resolveGraph(opened.graph);
}

const graph = (text: string) => void resolveGraph(parseGraph(text));

/** What reads each kind without a page. */
const readers: Readonly<Record<KindName, (bytes: Buffer) => unknown>> = {
	address,
	link: async (bytes) => {
		const text = await decodeGraph(bytes.toString());
		if (text !== null) graph(text);
	},
	graph: (bytes) => graph(bytes.toString()),
	block: (bytes) => readBlock(bytes.toString()),
	weights: model,
	model,
	picture: (bytes) => inspect(bytes, 'fuzz.bin')
};

const sentences = [FormatError, WeightsError, GraphError, PictureError, BlockError];

/** What is wrong with how a kind's reader takes some bytes; `null` where it reads them, or refuses them by a sentence. */
export async function faultOfReader(kind: KindName, bytes: Buffer): Promise<string | null> {
	const started = process.cpuUsage();
	try {
		await readers[kind](bytes);
	} catch (error) {
		if (!sentences.some((of) => error instanceof of))
			return `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`.slice(
				0,
				600
			);
	}
	const { user, system } = process.cpuUsage(started);
	const milliseconds = (user + system) / 1000;
	return milliseconds > longest ? `${Math.round(milliseconds)} ms` : null;
}
