import { median } from 'd3-array';

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Scores = Readonly<Record<(typeof categories)[number], number>>;

/**
 * Lighthouse's scores of a page, of 100, as on a phone with a slow connection: the median of several visits.
 * @param port of the browser's debugging protocol
 */
export async function lighthouseScores(address: string, port: number, visits: number): Promise<Scores> {
	// Two seconds to load: not before the command knows that it is wanted.
	const { default: lighthouse } = await import('lighthouse');
	const seen: Scores[] = [];
	for (let visit = 0; visit < visits; visit++) {
		const result = await lighthouse(address, { port, logLevel: 'error', onlyCategories: [...categories] });
		if (!result) throw new Error(`${address}: Lighthouse gave no result`);
		const { categories: found } = result.lhr;
		seen.push(
			Object.fromEntries(
				categories.map((name) => [name, Math.round((found[name]?.score ?? 0) * 100)])
			) as unknown as Scores
		);
	}
	return Object.fromEntries(
		categories.map((name) => [name, median(seen.map((scores) => scores[name]))])
	) as unknown as Scores;
}
