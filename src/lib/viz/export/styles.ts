/** A colour as every program reads it. */
export interface Paint {
	/** `#rrggbb` */
	readonly color: string;
	/** 0 to 1 */
	readonly opacity: number;
}

/** Resolves any CSS colour. */
export type Painter = (color: string) => Paint;

/** Inherited properties that SVG has as attributes, each with its value in a file that says nothing. */
const inherited: Readonly<Record<string, string>> = {
	fill: 'rgb(0, 0, 0)',
	'fill-opacity': '1',
	'fill-rule': 'nonzero',
	stroke: 'none',
	'stroke-width': '1px',
	'stroke-opacity': '1',
	'stroke-dasharray': 'none',
	'stroke-dashoffset': '0px',
	'stroke-linecap': 'butt',
	'stroke-linejoin': 'miter',
	'paint-order': 'normal',
	'shape-rendering': 'auto',
	visibility: 'visible',
	'font-family': '',
	'font-size': '',
	'font-weight': '400',
	'font-style': 'normal',
	'letter-spacing': 'normal',
	'text-anchor': 'start'
};

/** The same for those that are not inherited. */
const own: Readonly<Record<string, string>> = {
	opacity: '1',
	'clip-path': 'none',
	mask: 'none',
	'stop-color': 'rgb(0, 0, 0)',
	'stop-opacity': '1',
	'vector-effect': 'none',
	'text-decoration-line': 'none',
	transform: 'none'
};

/** Whether an attribute is a style, which {@link styleOf} says anew: it may name the page's tokens. */
export const isStyle = (attribute: string) => attribute in inherited || attribute in own;

const paints = new Set(['fill', 'stroke', 'stop-color']);

/** Attributes that give an element its computed style, less what it inherits from `parent` (`null`: the file itself). */
export function styleOf(
	computed: CSSStyleDeclaration,
	parent: CSSStyleDeclaration | null,
	painter: Painter
): [name: string, value: string][] {
	const attributes: [string, string][] = [];
	const add = (property: string, value: string) => {
		// A reference (a pattern, a clip path) names its document in computed styles; in the file only its id holds.
		const local = value.replace(/url\("?[^"#)]*#([^")]*)"?\)/g, 'url(#$1)');
		if (!paints.has(property) || local === 'none' || local.startsWith('url(')) {
			attributes.push([property === 'text-decoration-line' ? 'text-decoration' : property, local]);
			return;
		}
		const { color, opacity } = painter(local);
		attributes.push([property, color]);
		const transparency = `${property === 'stop-color' ? 'stop' : property}-opacity`;
		const stated = Number(computed.getPropertyValue(transparency) || 1);
		if (opacity < 1) attributes.push([transparency, String(opacity * stated)]);
	};
	for (const [property, initial] of Object.entries(inherited)) {
		const value = computed.getPropertyValue(property);
		if (value !== (parent?.getPropertyValue(property) ?? initial)) add(property, value);
	}
	for (const [property, initial] of Object.entries(own)) {
		const value = computed.getPropertyValue(property);
		// The root's transform and opacity are the page's layout, not the picture.
		if (value !== '' && value !== initial && !(parent === null && property === 'transform'))
			add(property, value);
	}
	return attributes;
}

/** Paints one pixel and looks at it: so every colour that the browser knows (oklch, color-mix, …) is understood. */
export function canvasPainter(): Painter {
	const known = new Map<string, Paint>();
	const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	if (!context) throw new Error('this browser gives no 2d canvas to read colours with');
	return (color) => {
		let paint = known.get(color);
		if (!paint) {
			context.clearRect(0, 0, 1, 1);
			context.fillStyle = color;
			context.fillRect(0, 0, 1, 1);
			const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
			const hex = [r, g, b].map((n) => n.toString(16).padStart(2, '0')).join('');
			paint = { color: `#${hex}`, opacity: Math.round((a / 255) * 1000) / 1000 };
			known.set(color, paint);
		}
		return paint;
	};
}
