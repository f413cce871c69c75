import { resolve } from '$app/paths';
import { FetchFault } from '$lib/stored/check';
import { fetchOwn } from '$lib/stored/fetchOwn';

/** The page's own fonts that the picture's text needs, as `@font-face` rules with the fonts inside. */
export async function fontFaces(svg: SVGSVGElement): Promise<string> {
	const texts = textByFamily(svg);
	const rules = [...document.styleSheets].flatMap(fontFaceRules).filter((rule) => {
		const family = unquoted(rule.style.getPropertyValue('font-family'));
		const ranges = parseRanges(rule.style.getPropertyValue('unicode-range'));
		return [...(texts.get(family) ?? [])].some((letter) => isIn(ranges, letter.codePointAt(0)!));
	});
	return (await Promise.all(rules.map(inlined))).join('\n');
}

/** What is written in each family, for the families that an element asks for. */
function textByFamily(svg: SVGSVGElement): Map<string, string> {
	const texts = new Map<string, string>();
	for (const element of svg.querySelectorAll('text, tspan')) {
		const own = [...element.childNodes].filter((node) => node instanceof Text).map((node) => node.data);
		for (const name of getComputedStyle(element).fontFamily.split(',')) {
			const family = unquoted(name.trim());
			texts.set(family, (texts.get(family) ?? '') + own.join(''));
		}
	}
	return texts;
}

function fontFaceRules(sheet: CSSStyleSheet): CSSFontFaceRule[] {
	return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
}

const unquoted = (name: string) => name.replace(/^["']|["']$/g, '');

/** `U+0-FF, U+131` as pairs of code points; everything, where nothing is said. */
export function parseRanges(text: string): [from: number, to: number][] {
	if (text === '') return [[0, 0x10ffff]];
	return text.split(',').map((part) => {
		const range = part.trim().replace(/^u\+/i, '');
		const [from = '', to = from] = range.includes('?')
			? [range.replaceAll('?', '0'), range.replaceAll('?', 'F')]
			: range.split('-');
		return [parseInt(from, 16), parseInt(to, 16)];
	});
}

/** Whether one of the ranges holds the code point. */
export function isIn(ranges: readonly (readonly [number, number])[], code: number): boolean {
	return ranges.some(([from, to]) => from <= code && code <= to);
}

/**
 * Where a font is. Styles in the page itself are relative to the page that was loaded, from which the reader may have gone on: a
 * relative address in them leads to the root of the site. (The browser's entry of the navigation, which tells that page's address, is
 * not always there.)
 */
export function fontAddress(source: string, sheet: string | null): URL {
	const address = /url\("?([^")]+)"?\)/.exec(source)?.[1] ?? '';
	if (sheet !== null) return new URL(address, sheet);
	return new URL(address.replace(/^(?:\.{1,2}\/)+/, resolve('/')), location.href);
}

/** A font that is whole by its own word. Source: WOFF 2.0, section 4.1. @throws {FetchFault} */
function wholeFont(font: ArrayBuffer): Uint8Array {
	const view = new DataView(font);
	// `wOF2`, and its length.
	if (font.byteLength < 12 || view.getUint32(0) !== 0x774f4632 || view.getUint32(8) !== font.byteLength)
		throw new FetchFault('altered', `a font of ${font.byteLength} bytes is not whole`);
	return new Uint8Array(font);
}

async function inlined(rule: CSSFontFaceRule): Promise<string> {
	const source = rule.style.getPropertyValue('src');
	const file = await fetchOwn(fontAddress(source, rule.parentStyleSheet?.href ?? null));
	const bytes = wholeFont(await file.arrayBuffer());
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	const family = rule.style.getPropertyValue('font-family');
	const weight = rule.style.getPropertyValue('font-weight');
	const range = rule.style.getPropertyValue('unicode-range');
	return `@font-face{font-family:${family};font-weight:${weight};src:url("data:font/woff2;base64,${btoa(binary)}") format("woff2")${range && `;unicode-range:${range}`}}`;
}
