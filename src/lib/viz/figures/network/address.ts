import { formatKnobs, parseKnobs, type KnobTable, type KnobValues } from '$lib/nets/knobs';
import { KnobError } from '$lib/nets/errors';
import type { FlowMode } from './channelFlow.svelte';
import { defaultConventions, type Conventions } from './conventions';
import type { FlowPart } from './flowParts';
import type { Selection } from './selection';

/** All that a network's page shows, as the address holds it. */
export interface NetworkAddress {
	/** The knobs that are not at their defaults. */
	readonly knobs: Partial<KnobValues>;
	/** Paths of the open blocks. */
	readonly open: readonly string[];
	readonly selected: Selection | null;
	readonly conventions: Conventions;
	/** Magnification of the diagram; `null` for the one that fits. */
	readonly zoom: number | null;
	/** The total whose sum is open. */
	readonly audit: Audited | null;
	/** Path of the block whose channel flow is shown, `''` for the whole; `null` for the most telling. */
	readonly flowPart: FlowPart | null;
	readonly flowMode: FlowMode;
}

/** A total that can be opened into its sum. */
export type Audited = 'params' | 'macs';

/** A part of an address that means nothing here. */
export interface Ignored {
	readonly name: string;
	readonly value: string;
	/** Why, where it is a knob. */
	readonly error: KnobError | null;
}

/** What the diagram can be magnified to. */
export const zoomLimits = { min: 0.1, max: 4 } as const;

export const defaultFlowMode: FlowMode = 'shuffle';
const flowModes: readonly FlowMode[] = ['shuffle', 'noShuffle', 'pointwise'];

/** Parts of an address beyond this are not read: no page writes that many. */
const maxParts = 100;
const maxOpen = 200;

const conventionNames = {
	count: 'count',
	batchNorm: 'bn',
	biases: 'biases',
	classifier: 'classifier'
} as const;
const conventionValues = {
	count: ['macs', 'flops'],
	batchNorm: ['trainable', 'all', 'none'],
	biases: [true, false],
	classifier: [true, false]
} as const;
const conventionKeys = Object.keys(conventionNames) as (keyof Conventions)[];

/**
 * Reads an address's search. What cannot be read is left at its default and listed; whether open blocks and the selection
 * are there is for who knows the graph to say.
 */
export function parseAddress(
	search: string,
	table: KnobTable
): { readonly address: NetworkAddress; readonly ignored: readonly Ignored[] } {
	const knobs: Record<string, KnobValues[string]> = {};
	const conventions: Record<string, unknown> = { ...defaultConventions };
	let open: readonly string[] = [];
	let selected: Selection | null = null;
	let zoom: number | null = null;
	let audit: Audited | null = null;
	let flowPart: FlowPart | null = null;
	let flowMode: FlowMode = defaultFlowMode;
	const ignored: Ignored[] = [];

	for (const [name, value] of [...new URLSearchParams(search)].slice(0, maxParts)) {
		const ignore = (error: KnobError | null = null) =>
			ignored.push({ name: name.slice(0, 60), value: value.slice(0, 60), error });
		const convention = conventionKeys.find((key) => conventionNames[key] === name);
		if (Object.hasOwn(table, name)) {
			try {
				const known = parseKnobs(table, { [name]: value })[name];
				if (known !== undefined) knobs[name] = known;
			} catch (error) {
				if (!(error instanceof KnobError)) throw error;
				ignore(error);
			}
		} else if (convention) {
			const known = conventionValues[convention].find((candidate) => String(candidate) === value);
			if (known === undefined) ignore();
			else conventions[convention] = known;
		} else if (name === 'open') {
			const paths = [...new Set(value.split(',').filter((path) => path !== ''))];
			open = paths.slice(0, maxOpen);
			if (paths.length > maxOpen) ignore();
		} else if (name === 'at') {
			if (value === '') ignore();
			else selected = value.slice(0, 400);
		} else if (name === 'zoom') {
			const factor = /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
			if (factor >= zoomLimits.min && factor <= zoomLimits.max) zoom = factor;
			else ignore();
		} else if (name === 'audit') {
			if (value === 'params' || value === 'macs') audit = value;
			else ignore();
		} else if (name === 'flow') flowPart = value.slice(0, 400);
		else if (name === 'mix') {
			const known = flowModes.find((mode) => mode === value);
			if (known) flowMode = known;
			else ignore();
		} else ignore();
	}
	const address = {
		knobs,
		open,
		selected,
		conventions: conventions as unknown as Conventions,
		zoom,
		audit,
		flowPart,
		flowMode
	};
	return { address, ignored };
}

/** The inverse of {@link parseAddress}: only what differs from the defaults, `''` where nothing does. */
export function formatAddress(address: NetworkAddress, table: KnobTable): string {
	const { knobs, open, selected, conventions, zoom, audit, flowPart, flowMode } = address;
	const parts: [string, string][] = Object.entries(formatKnobs(table, knobs));
	for (const key of conventionKeys) {
		if (conventions[key] !== defaultConventions[key])
			parts.push([conventionNames[key], String(conventions[key])]);
	}
	if (open.length > 0) parts.push(['open', open.join(',')]);
	if (selected !== null) parts.push(['at', selected]);
	if (audit !== null) parts.push(['audit', audit]);
	if (flowPart !== null) parts.push(['flow', flowPart]);
	if (flowMode !== defaultFlowMode) parts.push(['mix', flowMode]);
	if (zoom !== null) parts.push(['zoom', String(Number(zoom.toFixed(2)))]);
	// Slashes and commas may stand in a search as they are, and can be read there.
	const search = new URLSearchParams(parts).toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
	return search === '' ? '' : `?${search}`;
}
