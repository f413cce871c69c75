import { readFileSync } from 'node:fs';
import { BlockError } from '$lib/nets/blocks';
import { defaultKnobs, type KnobTable } from '$lib/nets/knobs';
import { networkById } from '$lib/nets/networks';
import { resolveGraph } from '$lib/nets/resolve';
import * as bench from '$lib/viz/figures/bench/address';
import type { BenchOp } from '$lib/viz/figures/bench/spec';
import { blockedFlowKnobs } from '$lib/viz/figures/blockedFlow/knobs';
import * as blocks from '$lib/viz/figures/blocks/address';
import { blockKnobs } from '$lib/viz/figures/blocks/knobs';
import * as compare from '$lib/viz/figures/compare/address';
import { compressionKnobs } from '$lib/viz/figures/compression/knobs';
import { equalCostKnobs } from '$lib/viz/figures/equalCost/knobs';
import { fightKnobs } from '$lib/viz/figures/fight/knobs';
import { fireKnobs } from '$lib/viz/figures/fire/knobs';
import { firePlaceKnobs, fireStepsKnobs } from '$lib/viz/figures/fireSteps/knobs';
import { groupWidthsKnobs } from '$lib/viz/figures/groupWidths/knobs';
import { morphKnobs } from '$lib/viz/figures/inceptionMorph/knobs';
import * as inside from '$lib/viz/figures/inside/address';
import { seededGraph } from '$lib/viz/figures/inside/seeded';
import { ignoredKnobs, readKnobs, writeKnobs } from '$lib/viz/figures/knobsAddress';
import { latencyKnobs } from '$lib/viz/figures/latency/knobs';
import { multiplierKnobs } from '$lib/viz/figures/multipliers/knobs';
import * as network from '$lib/viz/figures/network/address';
import { ratioKnobs } from '$lib/viz/figures/ratio/knobs';
import { seenKnobs } from '$lib/viz/figures/seen/knobs';
import { unitKnobs } from '$lib/viz/figures/unitMorph/knobs';
import { orderKnobs, orderPlaceKnobs } from '$lib/viz/figures/xceptionOrder/knobs';
import { parseSet } from '../../../src/lib/engine/sets';
import { setIn } from '../../../src/routes/[lang=lang]/(site)/compression/setIn';
import * as playground from '../../../src/routes/[lang=lang]/(site)/playground/address';
import { chosenSet, four } from '../../../src/routes/[lang=lang]/(site)/playground/spec';

/** What an address opens. The only file of this test that knows who reads and writes addresses. */
export interface Opened {
	/** All that the page shows. */
	readonly value: unknown;
	/** The search that the page then writes. */
	readonly again: string;
	/** What meant nothing: `name=value`, and the error's code where it has one. */
	readonly ignored: readonly string[];
}
type Open = (search: string) => Opened;

const shown = (name: string, value: string, error?: { readonly code: string } | string | null) =>
	`${name}=${value}` + (error ? ` (${typeof error === 'string' ? error : error.code})` : '');

const openBench =
	(op: BenchOp): Open =>
	(search) => {
		const { spec, ignored } = bench.readAddress(op, new URLSearchParams(search));
		const again = bench.writeAddress(spec);
		return {
			value: spec,
			again: again && `?${again}`,
			ignored: ignored.map(({ key, value, reason }) => shown(key, value, reason))
		};
	};

const openNetwork =
	(table: KnobTable): Open =>
	(search) => {
		const { address, ignored } = network.parseAddress(search, table);
		const value = { ...address, knobs: { ...defaultKnobs(table), ...address.knobs } };
		return {
			value,
			again: network.formatAddress(value, table),
			ignored: ignored.map(({ name, value, error }) => shown(name, value, error))
		};
	};

const openKnobs =
	(table: KnobTable): Open =>
	(search) => {
		const value = { ...defaultKnobs(table), ...readKnobs(table, search) };
		return { value, again: writeKnobs(table, value), ignored: ignoredKnobs(table, search) };
	};

const openCompare: Open = (search) => {
	const { spec, ignored } = compare.parseAddress(search);
	return {
		value: spec,
		again: compare.formatAddress(spec),
		ignored: ignored.map(({ name, value, error }) => shown(name, value, error))
	};
};

const openBlocks: Open = (search) => {
	const { spec: read, error, knobs } = blocks.readBlocksAddress(search);
	// The page opens with its own block where it cannot read the address's.
	const spec = read ?? blocks.readBlocksAddress('').spec!;
	const values = { ...defaultKnobs(blockKnobs), ...knobs };
	const rest = writeKnobs(blockKnobs, values).slice(1);
	return {
		value: { block: blocks.writeSpec(spec), ...values },
		again: `?block=${blocks.writeSpec(spec)}${rest && `&${rest}`}`,
		ignored: blocks
			.ignoredParts(search)
			.map((part) =>
				part.startsWith('block=') && error instanceof BlockError ? `${part} (${error.code})` : part
			)
	};
};

const setIds = ['mobilenet', 'shufflenet', 'squeezenet', 'xception'].map((id) => `cifar10-${id}`);
const sets = setIds.map((id) => parseSet(readFileSync(`static/weights/${id}/set.json`, 'utf8')));

const openPlayground: Open = (search) => {
	const { spec, ignored } = playground.parseAddress(search, sets);
	const weights = four.map((id) => [id, chosenSet(id, spec.weights, sets)?.id ?? 'random']);
	return {
		value: { ...spec, weights: Object.fromEntries(weights) },
		again: playground.formatAddress(spec, sets),
		ignored: ignored.map(({ name, value, error }) => shown(name, value, error))
	};
};

/** The page's knobs, and one of the sets that it has; the first needs no mention. */
const openCompression: Open = (search) => {
	const { value, again, ignored } = openKnobs(compressionKnobs)(search);
	const given = setIn(search);
	const set = given !== null && setIds.indexOf(given) > 0 ? given : null;
	return {
		value: { set, ...(value as object) },
		again: set === null ? again : `?set=${encodeURIComponent(set)}${again.replace('?', '&')}`,
		ignored: ignored.filter((part) => part !== `set=${given}` || !setIds.includes(given!))
	};
};

/** What is looked at inside a small network: the playground's own address keeps these parts as they are. */
const openInside: Open = (search) => {
	const graph = resolveGraph(seededGraph());
	const { state, problems } = inside.readInside(search, graph);
	const again = new URLSearchParams(
		inside.writeInside(state, graph).map(([name, value]) => [name, value])
	).toString();
	return { value: state, again: again && `?${again}`.replaceAll('%2C', ','), ignored: problems };
};

const figureKnobs: Readonly<Record<string, KnobTable>> = {
	blockedFlow: blockedFlowKnobs,
	compression: compressionKnobs,
	equalCost: equalCostKnobs,
	fight: fightKnobs,
	fire: fireKnobs,
	fireSteps: { ...fireStepsKnobs, ...firePlaceKnobs },
	groupWidths: groupWidthsKnobs,
	inceptionMorph: morphKnobs,
	latency: latencyKnobs,
	multipliers: multiplierKnobs,
	ratio: ratioKnobs,
	seen: seenKnobs,
	techniques: {},
	unitMorph: unitKnobs,
	xceptionOrder: { ...orderKnobs, ...orderPlaceKnobs }
};

/** Who opens what stands at a path: a page's, below the language, or `figure:` and a lesson's id of it. */
export function pageAt(path: string): Open {
	const [place = '', of = ''] = path.replace(/^\/(embed\/)?|^figure:/, '').split('/');
	switch (place) {
		case 'ops':
		case 'bench':
		case 'benchCost':
		case 'flow':
		case 'race':
			return openBench(of as BenchOp);
		case 'networks':
		case 'network':
		case 'costKinds':
		case 'costAlong':
		case 'channelFlow':
			return openNetwork(of === 'own' ? {} : networkById(of).knobs);
		case 'compare':
			return openCompare;
		case 'blocks':
			return openBlocks;
		case 'playground':
			return openPlayground;
		case 'compression':
			return path.startsWith('/') ? openCompression : openKnobs(compressionKnobs);
		case 'inside':
			return openInside;
		default: {
			const table = figureKnobs[place];
			if (!table) throw new Error(`nothing opens ${path}`);
			return openKnobs(table);
		}
	}
}
