/** A link between two cells or windows, in the colour of the channel that it carries. */
export interface Link {
	readonly path: string;
	readonly colour: string;
	readonly width: number;
}
