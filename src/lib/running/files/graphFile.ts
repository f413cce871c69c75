import { graphJson } from '$lib/formats/graphJson';
import { graphLimits } from '$lib/nets';

/** Whether one of some files is a network of this site as JSON, which by its name may be weights as well. */
export async function holdGraph(
	files: readonly Pick<File, 'name' | 'size' | 'arrayBuffer'>[]
): Promise<boolean> {
	for (const file of files) {
		if (!/\.json$/i.test(file.name) || file.size > graphLimits.jsonLength) continue;
		if (graphJson.tell({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })) return true;
	}
	return false;
}
