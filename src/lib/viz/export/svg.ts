import { nextTask } from '../ui/nextTask';
import { fontFaces } from './fonts';
import { isStyle, styleOf, type Painter } from './styles';

const namespace = 'http://www.w3.org/2000/svg';

/** Pixels around the picture. */
const margin = 16;

/** An SVG file that needs nothing from the page, and its size in pixels. */
export interface StandaloneSvg {
	readonly text: string;
	readonly width: number;
	readonly height: number;
}

/**
 * The picture as it is on the page now, as a file of its own: styles resolved to attributes, CSS variables and modern
 * colours to `#rrggbb`, fonts inside, the page's background behind. What is not displayed is left out.
 */
export async function standaloneSvg(
	svg: SVGSVGElement,
	painter: Painter,
	tell: (share: number) => void = () => {}
): Promise<StandaloneSvg> {
	const shown = svg.getBoundingClientRect();
	const drawn = svg.viewBox.baseVal;
	const box = drawn.width > 0 ? drawn : { x: 0, y: 0, width: shown.width, height: shown.height };
	// Room around it, in the picture's own units.
	const room = (margin * box.width) / shown.width;
	const [x, y] = [Math.floor(box.x - room), Math.floor(box.y - room)];
	const [w, h] = [Math.ceil(box.width + 2 * room), Math.ceil(box.height + 2 * room)];
	const width = Math.round((w * shown.width) / box.width);
	const height = Math.round((h * shown.height) / box.height);
	const copy = (await copyInTasks(svg, painter, tell)) as SVGSVGElement;
	copy.setAttribute('xmlns', namespace);
	copy.setAttribute('viewBox', `${x} ${y} ${w} ${h}`);
	copy.setAttribute('width', String(width));
	copy.setAttribute('height', String(height));

	const background = document.createElementNS(namespace, 'rect');
	for (const [name, value] of Object.entries({ x, y, width: w, height: h })) {
		background.setAttribute(name, String(value));
	}
	background.setAttribute('fill', backgroundOf(svg, painter));
	copy.prepend(background);

	const faces = await fontFaces(svg);
	if (faces !== '') {
		const style = document.createElementNS(namespace, 'style');
		style.textContent = faces;
		copy.prepend(style);
	}
	return { text: new XMLSerializer().serializeToString(copy), width, height };
}

/** Attributes that only the live page needs. */
const ofThePage = /^(class|style|tabindex|role|data-.*|aria-.*|on.*|inert|focusable)$/;

/** Elements that are copied at once: a picture that moves stays as it is at one moment. */
const fewElements = 4000;
/** Milliseconds that copying more goes on before the browser may answer. */
const atOnce = 20;

/** Copies an element with all that is drawn in it, some at a time: a large picture takes seconds. @param tell how far it has come */
async function copyInTasks(root: Element, painter: Painter, tell: (share: number) => void): Promise<Element> {
	const total = root.querySelectorAll('*').length + 1;
	let done = 0;
	let since = performance.now();
	const copyOf = async (element: Element, parent: CSSStyleDeclaration | null): Promise<Element> => {
		const computed = getComputedStyle(element);
		const copy = element.cloneNode(false) as Element;
		for (const { name } of [...copy.attributes])
			if (ofThePage.test(name) || isStyle(name)) copy.removeAttribute(name);
		for (const [name, value] of styleOf(computed, parent, painter)) copy.setAttribute(name, value);
		done++;
		if (total > fewElements && performance.now() - since > atOnce) {
			tell(done / total);
			await nextTask();
			since = performance.now();
		}
		for (const child of element.childNodes) {
			if (child instanceof Text) copy.append(child.data);
			else if (child instanceof SVGElement && isDrawn(child)) copy.append(await copyOf(child, computed));
		}
		return copy;
	};
	return copyOf(root, null);
}

/** Whether there is anything to see of an element: a path without a way is as good as none. */
const isDrawn = (element: SVGElement) =>
	getComputedStyle(element).display !== 'none' && element.getAttribute('d') !== '';

/** The first opaque background behind the picture. */
function backgroundOf(element: Element, painter: Painter): string {
	for (let behind: Element | null = element; behind; behind = behind.parentElement) {
		const { color, opacity } = painter(getComputedStyle(behind).backgroundColor);
		if (opacity === 1) return color;
	}
	return '#ffffff';
}
