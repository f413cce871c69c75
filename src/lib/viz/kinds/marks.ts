import type { LayerKind } from '$lib/nets/analyses/layerKind';

/** Lightness, the faintest first: tokens `--tone-1` … `--tone-4`. */
export type Tone = 1 | 2 | 3 | 4;

/** What a part of a whole is told by, where hues say who somebody is: how dark it is, and how it is hatched. */
export interface Mark {
	readonly tone: Tone;
	/** A pattern in its tone on the faintest one; without it, its tone all over. */
	readonly texture?: TextureId;
}

/** A pattern: a tile as an SVG path, and the same for the background of an element. */
interface Texture {
	readonly side: number;
	readonly path: string;
	readonly background: (color: string) => string;
}

const stripes = (angle: string, width: number, side: number) => (color: string) =>
	`repeating-linear-gradient(${angle}, ${color} 0 ${width}px, transparent 0 ${side}px)`;
const disc = (radius: number, side: number): Texture => ({
	side,
	path: `M${side / 2 - radius} ${side / 2}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`,
	background: (color) =>
		`radial-gradient(circle, ${color} ${radius - 0.3}px, transparent ${radius + 0.3}px) 0 0 / ${side}px ${side}px`
});

/** What is told by each says how channels meet in it: side by side, in bunches, each place alone, crossing over. */
export const textures = {
	lines: { side: 4, path: 'M0 0h1.5v4h-1.5z', background: stripes('90deg', 1.5, 4) },
	bands: { side: 8, path: 'M0 0h5v8h-5z', background: stripes('90deg', 5, 8) },
	rows: { side: 4, path: 'M0 0h4v1.5h-4z', background: stripes('180deg', 1.5, 4) },
	dots: disc(1.2, 4),
	spots: disc(2.4, 7),
	slashes: {
		side: 6,
		path: 'M0 0h2L0 2zM6 0v2L2 6H0zM6 6V4L4 6z',
		background: stripes('135deg', 1.4, 4.243)
	},
	crosses: {
		side: 6,
		path: 'M0 0h1l2 2l2-2h1v1l-2 2l2 2v1h-1l-2-2l-2 2h-1v-1l2-2l-2-2z',
		background: (color) => `${stripes('135deg', 0.9, 4.243)(color)}, ${stripes('45deg', 0.9, 4.243)(color)}`
	},
	grid: {
		side: 6,
		path: 'M0 0h6v1.2h-4.8v4.8h-1.2z',
		background: (color) => `${stripes('90deg', 1.2, 6)(color)}, ${stripes('180deg', 1.2, 6)(color)}`
	}
} as const satisfies Readonly<Record<string, Texture>>;
export type TextureId = keyof typeof textures;

/** Marks of the kinds of layers, the same in each card, bar, table and legend. */
export const kindMarks: Readonly<Record<LayerKind, Mark>> = {
	standard: { tone: 3 },
	grouped: { tone: 4, texture: 'bands' },
	depthwise: { tone: 4, texture: 'lines' },
	pointwise: { tone: 4, texture: 'dots' },
	groupedPointwise: { tone: 4, texture: 'spots' },
	transposed: { tone: 4, texture: 'slashes' },
	dense: { tone: 4 },
	norm: { tone: 1 },
	activation: { tone: 1 },
	pool: { tone: 3, texture: 'rows' },
	join: { tone: 3, texture: 'grid' },
	rearrange: { tone: 4, texture: 'crosses' },
	dropout: { tone: 1 },
	opaque: { tone: 2, texture: 'slashes' }
};

const toneColor = (tone: Tone) => `var(--tone-${tone})`;

/** A mark as the `background` of an element. */
export function backgroundOf({ tone, texture }: Mark): string {
	if (!texture) return toneColor(tone);
	return `${textures[texture].background(toneColor(tone))} ${toneColor(1)}`;
}

/** A mark as the `fill` of a shape, in a drawing that has a `MarkPatterns` of this id. */
export function fillOf({ tone, texture }: Mark, id: string): string {
	return texture ? `url(#${id}-${texture}-${tone})` : toneColor(tone);
}

/** The same of a kind of layer. */
export const kindBackground = (kind: LayerKind) => backgroundOf(kindMarks[kind]);
