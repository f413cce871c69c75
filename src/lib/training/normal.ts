/** A normal number of mean 0 (Box and Muller 1958). */
export function normal(random: () => number, deviation = 1): number {
	return deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
