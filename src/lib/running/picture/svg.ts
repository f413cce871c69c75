/** An SVG as it is drawn here: with a size of its own. */
export interface SizedSvg {
	readonly text: string;
	readonly width: number;
	readonly height: number;
}

/** Elements that are drawn at most, each as often as it is used. */
export const mostElements = 20_000;
/** Pixels a side of a drawing that has no size, or an absurd one. */
const longest = 1024;

/** Whether a file is an SVG. */
export function isSvg(head: string): boolean {
	return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>\s*)*<svg[\s/>]/.test(
		head.replace(/^\uFEFF/, '')
	);
}

/**
 * Gives an SVG a size in pixels: its own, that of its view box, or a square. Without one, browsers disagree on what to draw.
 * @returns `null` where it would be drawn from so many elements that the page would stand still
 */
export function sizedSvg(text: string): SizedSvg | null {
	if (/<!ENTITY/i.test(text) || countElements(text) > mostElements) return null;
	const [root = ''] = /<svg(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(text) ?? [];
	const valueOf = (name: string) => new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(root);
	const lengthOf = (name: string) => {
		const match = valueOf(name);
		const length = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*(?:px)?\s*$/i.exec(match?.[1] ?? match?.[2] ?? '');
		return length && Number(length[1]) > 0 ? Number(length[1]) : null;
	};
	const box = valueOf('viewBox');
	const [, , boxWidth = 0, boxHeight = 0] = (box?.[1] ?? box?.[2] ?? '')
		.trim()
		.split(/[\s,]+/)
		.map(Number);
	const ratio = boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : 1;
	const [own, ownHeight] = [lengthOf('width'), lengthOf('height')];
	const wanted = own ?? (ownHeight === null ? longest * Math.min(1, ratio) : ownHeight * ratio);
	const wantedHeight = ownHeight ?? wanted / ratio;
	const scale = Math.min(1, longest / Math.max(wanted, wantedHeight));
	const [width, height] = [wanted, wantedHeight].map((side) => Math.max(1, Math.round(side * scale))) as [
		number,
		number
	];
	const bare = root.replace(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/g, '');
	// Without a view box, what lies outside of the size would be cut off once it is made smaller.
	const view = box ? '' : ` viewBox="0 0 ${wanted} ${wantedHeight}"`;
	const sized = bare.replace('<svg', `<svg width="${width}" height="${height}"${view}`);
	return { text: text.replace(root, () => sized), width, height };
}

/** How many elements are drawn, each as often as others refer to it: nested uses multiply. */
export function countElements(text: string): number {
	const parts = new Map<string, { size: number; readonly refers: string[] }>();
	const open: { size: number; readonly refers: string[]; readonly id: string | null }[] = [];
	const root = { size: 0, refers: [] as string[], id: null as string | null };
	open.push(root);
	const close = () => {
		if (open.length < 2) return;
		const part = open.pop()!;
		const around = open.at(-1)!;
		around.size += part.size;
		around.refers.push(...(part.id === null ? part.refers : [`#${part.id}`]));
		if (part.id === null) return;
		around.size -= part.size;
		parts.set(`#${part.id}`, part);
	};
	for (const [, end, attributes = '', empty] of text
		.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '')
		.matchAll(/<(\/?)[a-zA-Z][\w:.-]*((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g)) {
		if (end) {
			close();
			continue;
		}
		const id = /\sid\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? null;
		const refers = [...attributes.matchAll(/href\s*=\s*["'](#[^"']+)["']|url\(\s*["']?(#[^"')]+)/g)].map(
			(match) => (match[1] ?? match[2])!
		);
		open.push({ size: 1, refers, id });
		if (empty) close();
	}
	while (open.length > 1) close();
	const known = new Map<string, number>();
	const total = (part: { readonly size: number; readonly refers: readonly string[] }): number => {
		let sum = part.size;
		for (const name of part.refers) {
			const of = parts.get(name);
			if (!of) continue;
			// Browsers draw nothing for what refers to itself.
			let size = known.get(name);
			if (size === undefined) {
				known.set(name, 0);
				size = total(of);
				known.set(name, size);
			}
			sum += size;
		}
		return sum;
	};
	return total(root);
}
