import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { normalize } from '$lib/engine/picture';
import { parseSet } from '$lib/engine/sets';
import { matchWeights } from '$lib/formats/match';
import { parseManifest, readTensors, shardsOf } from '$lib/formats/tfjs';
import { networkById, resolveGraph } from '$lib/nets';
import type { Tensor, Weights } from '$lib/ops';
import { size, type Miniature } from './miniature';

const folder = 'static/weights/cifar10-squeezenet';
const photograph = 'static/pictures/chelsea.webp';
/** How many maps there is room for beside the picture. */
const shown = 8;

/** Of the playground: a photograph, and what the first layer of the site's own SqueezeNet makes of it. */
export async function drawMaps(): Promise<Miniature> {
	const { knobs, preprocessing } = parseSet(readFileSync(`${folder}/set.json`, 'utf8'));
	const net = resolveGraph(networkById('squeezenet').build(knobs));
	const side = net.tensors[0]!.shape[0];
	const square = sharp(photograph).resize(side, side).removeAlpha();
	const { data } = await square.clone().raw().toBuffer({ resolveWithObject: true });

	const manifest = parseManifest(readFileSync(`${folder}/model.json`, 'utf8'));
	const shards = new Map(
		shardsOf(manifest).map((file) => [file, new Uint8Array(readFileSync(`${folder}/${file}`))])
	);
	const { weights, problems } = matchWeights(net, readTensors(manifest, shards));
	if (!weights) throw new Error(`${folder}: ${problems.map(({ message }) => message).join('; ')}`);

	let value: Tensor = {
		shape: net.tensors[0]!.shape,
		data: Float64Array.from(normalize(new Uint8Array(data), preprocessing))
	};
	const last = net.nodes.findIndex(({ op }) => op === 'relu');
	for (const { id, operator, geometry } of net.nodes.slice(0, last + 1)) {
		const own: Weights = Object.fromEntries(
			Object.entries(weights[id] ?? {}).map(([name, { shape, data }]) => [
				name,
				{ shape, data: Float64Array.from(data) }
			])
		);
		value = operator.run([value], own, geometry)[0]!;
	}
	const [rows, columns, channels] = value.shape;
	const maps = Array.from({ length: channels }, (_, channel) => {
		const map = Array.from({ length: rows * columns }, (_, n) => value.data[n * channels + channel]!);
		const mean = map.reduce((sum, of) => sum + of, 0) / map.length;
		return { map, most: Math.max(...map), spread: map.reduce((sum, of) => sum + (of - mean) ** 2, 0) };
	});
	// Those that show most: a map that is blank says nothing in a picture of this size.
	const chosen = maps.toSorted((a, b) => b.spread - a.spread).slice(0, shown);
	const href = async (picture: Sharp) =>
		`data:image/webp;base64,${(await picture.webp({ quality: 70 }).toBuffer()).toString('base64')}`;
	const grey = (of: (typeof chosen)[number]) =>
		sharp(
			Uint8Array.from(of.map, (x) => (255 * Math.max(0, x)) / of.most),
			{ raw: { width: columns, height: rows, channels: 1 } }
		);
	const [pitch, cell] = [37, 34];
	const images = [
		{ x: 10, y: 12, side: 96, href: await href(sharp(photograph).resize(144, 144)) },
		...(await Promise.all(
			chosen.map(async (of, n) => ({
				...{ x: 114 + (n % 4) * pitch, y: 24 + Math.floor(n / 4) * pitch, side: cell },
				href: await href(grey(of))
			}))
		))
	];
	return { ...size, paths: [], images };
}
