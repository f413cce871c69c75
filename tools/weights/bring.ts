import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WeightSet } from '../../src/lib/engine/sets';
import type { WrittenStorage } from '../../src/lib/formats/tfjs';
import { fetchLicence, type Fetching, type Published } from './public';
import { checkStored, isForPerson, licencesIn, storeSet } from './store';

/** A set that is there now. */
export interface Brought {
	readonly set: WeightSet;
	/** Whether it was there before, and good. */
	readonly wasThere: boolean;
	/** Why its licence's text could not be laid beside it, `null` where it is there. */
	readonly licenceMissing: string | null;
}

/**
 * Makes sure of a published set in the folder of all sets: one that is there and good stays, any other is fetched, checked against
 * its network and stored, with the text of its licence.
 * @throws {WeightsToolError | WeightsError}
 */
export async function bring(
	published: Published,
	target: string,
	storage: WrittenStorage,
	fetching: Fetching
): Promise<Brought> {
	const { info } = published;
	const there = storedSet(target, published, storage);
	const set = there ?? (await fetchSet(published, target, storage, fetching));
	const folder = join(target, info.id);
	let licenceMissing: string | null = null;
	if (licencesIn(folder).length === 0) {
		try {
			writeFileSync(join(folder, 'LICENSE'), await fetchLicence(published, fetching));
		} catch (error) {
			if (!isForPerson(error)) throw error;
			licenceMissing = error.message;
		}
	}
	return { set, wasThere: there !== null, licenceMissing };
}

function storedSet(target: string, { info }: Published, storage: WrittenStorage): WeightSet | null {
	try {
		return checkStored(target, info, storage);
	} catch (error) {
		if (!isForPerson(error)) throw error;
		return null;
	}
}

async function fetchSet(
	published: Published,
	target: string,
	storage: WrittenStorage,
	fetching: Fetching
): Promise<WeightSet> {
	const tensors = await published.read(fetching);
	try {
		return storeSet(target, published.info, tensors, storage);
	} catch (error) {
		// Whole and of the right form, and yet not the network's weights.
		rmSync(join(fetching.cache, published.file.split('/')[0]!), { recursive: true });
		throw error;
	}
}

/** What came of each set that was asked for: the set, or why it is not there. */
export interface Outcome {
	readonly published: Published;
	readonly result: Brought | { readonly reason: string };
}

/** Brings one set after the other, whatever becomes of the others. */
export async function bringAll(
	all: readonly Published[],
	target: string,
	storage: WrittenStorage,
	fetching: Fetching,
	say: (line: string) => void
): Promise<readonly Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const published of all) {
		let result: Outcome['result'];
		try {
			result = await bring(published, target, storage, fetching);
		} catch (error) {
			if (!isForPerson(error)) throw error;
			result = { reason: error.message };
		}
		outcomes.push({ published, result });
		say('reason' in result ? `${published.info.title}: not there: ${result.reason}` : lineOf(result));
	}
	return outcomes;
}

/** One line of a set that is there: how large it is, whose, and under what licence. */
export function lineOf({ set, wasThere }: Brought): string {
	const how = wasThere ? ', there already' : '';
	return `${set.title}: ${megabytes(set.bytes)}, ${set.source} (${set.licence})${how}`;
}

/** At the end: what is there and what is not, what that means, and what can be done. */
export function summaryOf(
	outcomes: readonly Outcome[],
	{ cache, mirror }: Pick<Fetching, 'cache' | 'mirror'>
): string {
	const there = outcomes.flatMap(({ result }) => ('reason' in result ? [] : [result]));
	const missing = outcomes.filter(({ result }) => 'reason' in result);
	const unlicensed = there.filter(({ licenceMissing }) => licenceMissing !== null);
	const sum = there.reduce((bytes, { set }) => bytes + set.bytes, 0);
	const lines = [`${there.length} of ${outcomes.length} sets are there, ${megabytes(sum)} in all.`];
	if (there.length > 0) lines.push('The next build offers them in the playground.');
	if (missing.length > 0) {
		lines.push(
			`Not there: ${missing.map(({ published }) => published.info.title).join('; ')}. The site works without; the playground`,
			'then offers no published weights of these networks, and all else is the same.',
			'What can be done:',
			'- Give the command again. What broke off goes on where it stopped, and what is there is not fetched again.'
		);
		if (mirror === undefined)
			lines.push('- --mirror URL asks a server of yours that has the same files under the same paths.');
		lines.push(
			'- Fetch a file by other means, lay it where it is looked for first, and give the command again; it is checked all the same:',
			...missing.map(({ published: { address, file } }) => `    ${address} as ${join(cache, file)}`)
		);
	}
	if (unlicensed.length > 0)
		lines.push(
			'Before you publish these, lay the text of their licence beside them as LICENSE; it could not be fetched:',
			...unlicensed.map(({ set, licenceMissing }) => `- ${set.id} (${set.licence}): ${licenceMissing}`)
		);
	return lines.join('\n');
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
