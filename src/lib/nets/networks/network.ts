import { OpError } from '../../ops';
import { GraphError, KnobError } from '../errors';
import { checkKnobs, formatKnobs, type KnobTable, type KnobValue, type KnobValues } from '../knobs';
import type { Graph } from '../types';

/** Whose hue a network has in charts, diagrams and tabs. */
export const families = ['squeezenet', 'mobilenet', 'shufflenet', 'xception', 'reference'] as const;
export type Family = (typeof families)[number];

export interface Paper {
	readonly title: string;
	/** Number on arXiv, with the version that tables are cited from. */
	readonly arxiv?: string;
	/** Where it appeared, for papers that are not on arXiv. */
	readonly venue?: string;
}

/** What is known of a network before it is built. */
export interface NetworkInfo<T extends KnobTable = KnobTable> {
	readonly id: string;
	readonly title: string;
	readonly year: number;
	readonly paper: Paper;
	readonly family: Family;
	/** Modules and backbones stand for themselves, not beside networks that classify ImageNet. */
	readonly scope: 'network' | 'module';
	readonly knobs: T;
}

/** A network with its knobs. */
export interface Network<T extends KnobTable = KnobTable> extends NetworkInfo<T> {
	/**
	 * The graph for these knobs; those that are not given have their defaults.
	 * @throws {KnobError} for knobs that do not fit, with the nearest that would.
	 */
	build(knobs?: Partial<KnobValues<T>>): Graph;
}

/** Makes a network of its description and of a function that writes its graph down. */
export function defineNetwork<const T extends KnobTable>(
	info: NetworkInfo<T> & {
		/** Title of one variant; the network's title and the knobs that are not at their defaults, unless given. */
		readonly name?: (knobs: KnobValues<T>) => string;
		/** Writes the graph down. */
		readonly graph: (name: string, knobs: KnobValues<T>) => Graph;
	}
): Network<T> {
	const { graph, name = (knobs) => variantName(info, knobs), ...rest } = info;
	const build = (knobs: KnobValues<T>) => graph(name(knobs), knobs);
	return {
		...rest,
		build(given = {}) {
			const knobs = checkKnobs(info.knobs, given as Record<string, KnobValue>);
			try {
				return build(knobs);
			} catch (error) {
				throw isTooSmall(error) ? tooSmall(error, info.knobs, knobs, build) : error;
			}
		}
	};
}

function variantName<T extends KnobTable>(info: NetworkInfo<T>, knobs: KnobValues<T>): string {
	const changed = Object.entries(formatKnobs<KnobTable>(info.knobs, knobs));
	if (changed.length === 0) return info.title;
	return `${info.title} (${changed.map(([name, value]) => `${name} ${value}`).join(', ')})`;
}

function isTooSmall(error: unknown): error is GraphError {
	return (
		error instanceof GraphError && error.cause instanceof OpError && error.cause.code === 'kernelTooLarge'
	);
}

/** Error for a picture that shrinks to nothing on its way: says the smallest resolution that lasts, by bisection. */
function tooSmall<T extends KnobTable>(
	error: GraphError,
	table: T,
	knobs: KnobValues<T>,
	build: (knobs: KnobValues<T>) => Graph
): Error {
	const knob = table['resolution'];
	if (knob?.kind !== 'number') return error;
	const fits = (resolution: number) => {
		try {
			build({ ...knobs, resolution });
			return true;
		} catch {
			return false;
		}
	};
	let below = Number(knobs['resolution']);
	let nearest = knob.max;
	while (nearest - below > 1) {
		const middle = Math.floor((below + nearest) / 2);
		if (fits(middle)) nearest = middle;
		else below = middle;
	}
	const value = Number(knobs['resolution']);
	const params = { knob: 'resolution', value, nearest, node: error.node ?? '' };
	const message = `${value} is too small, since nothing is left of it at ${error.node}; the smallest that fits is ${nearest}`;
	return new KnobError('tooSmall', 'resolution', message, params, error);
}
