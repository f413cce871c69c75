/** A curve between two cells or windows, in the colour of a channel; `null`: of all. */
export interface Link {
	readonly path: string;
	readonly colour: number | null;
}
