import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What is read of a model.json: the weights, in the order in which they stand in the file of numbers. */
interface Model {
	weightsManifest: {
		paths: string[];
		weights: { name: string; shape: number[] }[];
	}[];
}

/**
 * Makes a layer of a set in static/weights importable, as `virtual:trained-layer/<set>/<layer>` (typed in `src/trained-layer.d.ts`): its
 * weights are cut out of the set's file, so that the repository holds no second copy of them.
 */
export function trainedLayer(): Plugin {
	const prefix = 'virtual:trained-layer/';
	return {
		name: 'trained-layer',
		resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
		load(id) {
			if (!id.startsWith(`\0${prefix}`)) return null;
			const [set = '', ...name] = id.slice(1 + prefix.length).split('/');
			const { shape, float16 } = cutLayer(`static/weights/${set}`, name.join('/'));
			return `export const shape = ${JSON.stringify(shape)}, float16 = '${float16}';`;
		}
	};
}

/** The shape of a layer's kernel in a folder of weights stored as float16, and its numbers in base64. */
function cutLayer(folder: string, name: string) {
	const { storage } = JSON.parse(readFileSync(`${folder}/set.json`, 'utf8'));
	const { weightsManifest } = JSON.parse(readFileSync(`${folder}/model.json`, 'utf8')) as Model;
	if (storage !== 'float16') throw new Error(`${folder} is stored as ${storage}, expected float16`);
	const bytesOf = ({ shape }: { shape: number[] }) => 2 * shape.reduce((product, size) => product * size, 1);
	for (const { paths, weights } of weightsManifest) {
		const at = weights.findIndex((weight) => weight.name === `${name}/kernel`);
		const kernel = weights[at];
		if (!kernel) continue;
		const start = weights.slice(0, at).reduce((bytes, weight) => bytes + bytesOf(weight), 0);
		const numbers = Buffer.concat(paths.map((path) => readFileSync(`${folder}/${path}`)));
		const float16 = numbers.subarray(start, start + bytesOf(kernel)).toString('base64');
		return { shape: kernel.shape, float16 };
	}
	throw new Error(`${folder} has no layer ${name} with a kernel`);
}
