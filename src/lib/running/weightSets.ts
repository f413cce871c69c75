import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSet, type WeightSet } from '$lib/engine/sets';

/**
 * The sets of weights that lie in a folder, each in a folder of its own with a `set.json`: bundled ones and those that
 * `npm run weights` brought.
 * @throws Error naming the set that cannot be read, so that a build does not leave it out in silence
 */
export function readWeightSets(folder: string): readonly WeightSet[] {
	if (!existsSync(folder)) return [];
	const ids = readdirSync(folder).filter((id) => existsSync(join(folder, id, 'set.json')));
	return ids.sort().map((id) => {
		const file = join(folder, id, 'set.json');
		try {
			const set = parseSet(readFileSync(file, 'utf8'));
			if (set.id !== id) throw new Error(`id is ${set.id}, expected ${id}, the folder's name`);
			return set;
		} catch (cause) {
			const reason = cause instanceof Error ? cause.message : String(cause);
			throw new Error(`${file}: ${reason}`, { cause });
		}
	});
}
