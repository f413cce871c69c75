/**
 * The error function, to the last digit or two of a double. Its series of terms of one sign loses nothing where values are
 * small, and beyond 6 the function is 1 as far as doubles go. Source: Abramowitz and Stegun, 7.1.6.
 */
export function erf(x: number): number {
	if (Math.abs(x) > 6) return Math.sign(x);
	let term = x;
	let sum = x;
	for (let n = 1; sum + term !== sum; n++) {
		term *= (2 * x * x) / (2 * n + 1);
		sum += term;
	}
	return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
