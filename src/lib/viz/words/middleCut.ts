/**
 * A name, cut in the middle where it does not fit: names of layers often begin alike, and are told apart by how they end.
 * @param fits whether there is room for a text
 */
export function middleCut(name: string, fits: (text: string) => boolean): string {
	if (fits(name)) return name;
	const letters = [...name];
	if (letters.length < 2) return name;
	for (let kept = letters.length - 1; ; kept--) {
		const begins = Math.floor(kept / 2);
		const short = `${letters.slice(0, begins).join('')}…${letters.slice(begins - kept).join('')}`;
		if (kept <= 1 || fits(short)) return short;
	}
}
