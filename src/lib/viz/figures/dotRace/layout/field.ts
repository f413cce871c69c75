/** Dots in columns, filled from left to right, in pixels. */
export interface Field {
	readonly columns: number;
	readonly rows: number;
	readonly pitch: number;
	readonly width: number;
	readonly height: number;
	/** All that it has dots for. */
	readonly outline: string;
}

/** Distance of dots that a reader can still tell apart, in pixels. */
const least = 4.5;

/** A field of so many dots in a width. Its columns are as many as divide the larger field of two, so that both have the same dots. */
export function layoutField(dots: number, of: number, width: number): Field {
	const rows =
		[16, 24, 32, 36, 48, 64, 72, 96].find((rows) => of % rows === 0 && width / (of / rows) >= least) ?? 96;
	const columns = of / rows;
	const pitch = width / columns;
	const own = Math.ceil(dots / columns);
	return { columns, rows: own, pitch, width, height: own * pitch, outline: filled(columns, pitch, dots) };
}

/** The path around the first dots of a field, row by row; the last of them may be begun only. */
export function filled(columns: number, pitch: number, dots: number): string {
	const whole = Math.floor(dots / columns);
	const rest = dots - whole * columns;
	const round = (n: number) => Number(n.toFixed(2));
	const rows = whole > 0 ? `M0 0H${round(columns * pitch)}V${round(whole * pitch)}H0z` : '';
	const row = `M0 ${round(whole * pitch)}h${round(rest * pitch)}v${round(pitch)}h${round(-rest * pitch)}z`;
	return rows + (rest > 0 ? row : '');
}
