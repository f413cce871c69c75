/** Id of the set of weights that an address names; `null` where it names none. */
export function setIn(search: string): string | null {
	return new URLSearchParams(search).get('set');
}
