import type { Model, OwnModel } from './model';

/** A row of the chart's table: a published network, or the reader's own, of which less is known. */
export type TableRow = Omit<Model, 'year' | 'input' | 'group' | 'origin'> & {
	readonly year: number | null;
	readonly input: number | null;
	/** `null` for the reader's own. */
	readonly group: Model['group'] | null;
	readonly origin: Model['origin'] | 'own';
	/** Layers whose multiply-adds, and whose parameters, are not known. */
	readonly uncounted?: number;
	readonly unsized?: number;
};

/** What stands on the chart: the reader's own network first, which no group of the legend hides. */
export const tableRows = (visible: readonly Model[], own: OwnModel | null): readonly TableRow[] =>
	own ? [ownRow(own), ...visible] : visible;

const ownRow = (own: OwnModel): TableRow => ({
	...own,
	...{ id: 'own', label: own.name, rank: 0, group: null, origin: 'own', year: null, top1: [] },
	...{ costSource: '', note: '', page: null }
});
