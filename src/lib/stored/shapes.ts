/*
 * Checks of what short texts hold, for what every page has: a library of schemas is longer than that. What comes late uses one.
 */

/** The fields of an object; none of anything else. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: {};

/** Whether it is a list of at most so many texts, each of at most 500 letters, as names of files are. */
export const areNames = (value: unknown, most: number): value is readonly string[] =>
	Array.isArray(value) &&
	value.length <= most &&
	value.every((name) => typeof name === 'string' && name.length <= 500);
