import type { Case } from './models';

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const big = (n: number) => String.fromCharCode(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255);
const svg = (inside: string) =>
	new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`);
/** A PNG of a size, whose pixels are none. */
const png = (width: number, height: number, end = `${big(0)}IEND${big(0)}`) =>
	latin1(`\x89PNG\r\n\x1a\n${big(13)}IHDR${big(width)}${big(height)}\x08\x02\0\0\0${big(0)}${end}`);

const one = (name: string, content: Uint8Array, file: string, sentence: string): Case => ({
	name,
	files: [{ name: file, bytes: content }],
	sentence
});

/** Ten levels, each of which uses the one below ten times. */
const nested = Array.from(
	{ length: 10 },
	(_, level) =>
		`<g id="l${level}">${(level === 0 ? '<path/>' : `<use href="#l${level - 1}"/>`).repeat(10)}</g>`
).join('');

/** Pictures, and the sentence that each gets before anything of it is decoded. */
export const pictures: readonly Case[] = [
	one('nothing', new Uint8Array(), 'cat.png', 'cat.png is empty.'),
	one(
		'words',
		latin1('This is no picture.'),
		'cat.png',
		'The browser finds no picture in cat.png. It may be broken, or of a kind that the browser does not read.'
	),
	one(
		'a web page',
		latin1('<!DOCTYPE html><p>Sign in</p>'),
		'cat.jpg',
		'The browser finds no picture in cat.jpg. It may be broken, or of a kind that the browser does not read.'
	),
	one(
		'a PNG of two billion pixels a side',
		png(2 ** 31 - 1, 2 ** 31 - 1),
		'bomb.png',
		'bomb.png has 2147483647×2147483647 pixels; at most 150 million are read here.'
	),
	one(
		'an AVIF of few bytes and 196 megapixels',
		latin1(`${big(16)}ftypavif\0\0\0\0${big(20)}ispe\0\0\0\0${big(14000)}${big(14000)}`),
		'bomb.avif',
		'bomb.avif has 14000×14000 pixels; at most 150 million are read here.'
	),
	one(
		'a PNG without its end',
		png(8, 8, ''),
		'half.png',
		'half.png is not whole: its data ends or breaks before its picture does. Fetch or copy it again.'
	),
	one(
		'a JPEG without its end',
		latin1('\xff\xd8\xff\xc0\0\x11\x08\0\x08\0\x08\x03\0\0\0\0\0\0\0\0\0\xff\xda\0\x04\0\0\x01\x02'),
		'half.jpg',
		'half.jpg is not whole: its data ends or breaks before its picture does. Fetch or copy it again.'
	),
	one(
		'a JPEG of its first bytes alone',
		latin1('\xff\xd8\xff\xe0'),
		'half.jpg',
		'The browser finds no picture in half.jpg. It may be broken, or of a kind that the browser does not read.'
	),
	one(
		'a WebP longer than its file',
		latin1('RIFF\xff\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x07\0\0\x07\0\0'),
		'half.webp',
		'half.webp is not whole: its data ends or breaks before its picture does. Fetch or copy it again.'
	),
	one(
		'a GIF without its end',
		latin1('GIF89a\x08\0\x08\0\0\0\0'),
		'half.gif',
		'half.gif is not whole: its data ends or breaks before its picture does. Fetch or copy it again.'
	),
	one(
		'an SVG of nested uses',
		svg(nested),
		'laughs.svg',
		'laughs.svg would be drawn from more than 20,000 elements, each as often as it is used; that would hold up the page.'
	),
	one(
		'an SVG of entities',
		latin1('<!DOCTYPE svg [<!ENTITY a "&b;"><!ENTITY b "b">]><svg>&a;</svg>'),
		'laughs.svg',
		'laughs.svg would be drawn from more than 20,000 elements, each as often as it is used; that would hold up the page.'
	),
	one(
		'a name that is markup',
		latin1('?'),
		'<b>cat</b>.png',
		'The browser finds no picture in <b>cat</b>.png. It may be broken, or of a kind that the browser does not read.'
	)
];
