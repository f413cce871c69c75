/** What a part of a miniature is drawn as; a hue is the token of a network (`--net-mobilenet`). */
export type Tone = 'ink' | 'middle' | 'soft' | 'ghost' | 'line' | 'strong' | `net-${string}`;

/** A small picture of what is to be found in a place, made of the place's own data when the site is built. */
export interface Miniature {
	readonly width: number;
	readonly height: number;
	readonly paths: readonly { readonly d: string; readonly tone: Tone }[];
	readonly dots?: readonly {
		readonly x: number;
		readonly y: number;
		readonly r: number;
		readonly tone: Tone;
	}[];
	readonly texts?: readonly {
		readonly x: number;
		readonly y: number;
		readonly text: string;
		readonly anchor?: 'start' | 'middle' | 'end';
		readonly isStrong?: boolean;
	}[];
	/** Pictures of pixels, as data addresses. */
	readonly images?: readonly {
		readonly x: number;
		readonly y: number;
		readonly side: number;
		readonly href: string;
	}[];
}

/** All have the same shape, so that cards line up. */
export const size = { width: 264, height: 124 } as const;
