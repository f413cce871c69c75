import type { Asked, Part, Passage, PlacedFigure, Prose } from './lesson';

/** A part of a lesson, with what decides beside which figure it stands. */
export interface Draft {
	readonly part: Part;
	/** The heading of the section that begins with it, `''` where none does. */
	readonly heading: string;
	/** Names of the figures that its phrases drive. */
	readonly drives: readonly string[];
}

interface Section {
	readonly heading: string;
	readonly drafts: readonly Draft[];
}

type Mutable = { heading: string; figure: PlacedFigure | null; parts: (Prose | Asked)[] };

/**
 * Puts the text beside its figures. A figure stands beside its whole section, from the heading on; a second one of the section,
 * beside what follows it. It stays for the sections after it that have none, up to the last that drives it.
 * @throws Error for a phrase that drives a figure which does not stand beside it
 */
export function passagesOf(drafts: readonly Draft[]): readonly Passage[] {
	const sections = sectionsOf(drafts);
	const passages: Mutable[] = [];
	let open: Mutable | null = null;
	sections.forEach(({ heading, drafts }, i) => {
		const [first] = figuresOf(drafts);
		if (first) open = begin(heading, first);
		else if (open && staysBeside(open.figure, sections.slice(i)))
			open.parts.push({ kind: 'prose', html: heading });
		else open = begin(heading, null);
		for (const { part, drives } of drafts) {
			if (part.kind !== 'figure') {
				hold(drives, open);
				if (part.kind !== 'prose' || part.html !== '') open.parts.push(part);
			} else if (part !== open.figure) open = begin('', part);
		}
	});
	return passages;

	function begin(heading: string, figure: PlacedFigure | null): Mutable {
		const passage: Mutable = { heading, figure, parts: [] };
		passages.push(passage);
		return passage;
	}
}

function sectionsOf(drafts: readonly Draft[]): readonly Section[] {
	const sections: { heading: string; drafts: Draft[] }[] = [];
	for (const draft of drafts) {
		if (draft.heading !== '' || sections.length === 0)
			sections.push({ heading: draft.heading, drafts: [draft] });
		else sections.at(-1)!.drafts.push(draft);
	}
	return sections;
}

const figuresOf = (drafts: readonly Draft[]) =>
	drafts.flatMap(({ part }) => (part.kind === 'figure' ? [part] : []));

/** Whether a figure is still driven before another one comes. */
function staysBeside(figure: PlacedFigure | null, ahead: readonly Section[]): boolean {
	if (!figure) return false;
	const next = ahead.findIndex(({ drafts }) => figuresOf(drafts).length > 0);
	return ahead
		.slice(0, next < 0 ? undefined : next)
		.some(({ drafts }) => drafts.some(({ drives }) => drives.includes(figure.name)));
}

function hold(drives: readonly string[], { figure }: Mutable): void {
	const other = drives.find((name) => name !== figure?.name);
	if (other === undefined) return;
	const beside = figure ? `stands beside #${figure.name}` : 'stands beside no figure';
	throw new Error(`a phrase drives #${other}, but ${beside}: place the figure in its section`);
}
