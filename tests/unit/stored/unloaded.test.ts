import { afterEach, describe, expect, it, vi } from 'vitest';
import { isUnloaded, sayUnloaded, Unloaded } from '$lib/stored/unloaded';

afterEach(() => void vi.unstubAllGlobals());

const thrownBy = (act: () => unknown): unknown => {
	try {
		act();
	} catch (error) {
		return error;
	}
	throw new Error('nothing was thrown');
};

describe('sayUnloaded', () => {
	const heard = () => {
		const said: string[] = [];
		const reported: unknown[] = [];
		vi.stubGlobal('dispatchEvent', ({ type }: Event) => said.push(type));
		vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
		return { said, reported };
	};

	it.each([
		new TypeError('Failed to fetch dynamically imported module: https://host/a.js'),
		new TypeError('error loading dynamically imported module: https://host/a.js'),
		new TypeError('Importing a module script failed.'),
		new Error('Unable to preload CSS for /a.css'),
		new SyntaxError("Unexpected token '<'"),
		new SyntaxError("The requested module './a.js' does not provide an export named 'b'"),
		new Unloaded('the worker did not load')
	])('says that a part did not load: %s', (error) => {
		const { said, reported } = heard();
		sayUnloaded(error);
		expect([said, reported]).toEqual([['lightnets:unloaded'], []]);
	});

	it.each([
		new TypeError("Cannot read properties of undefined (reading 'x')"),
		new RangeError('Invalid array length'),
		thrownBy(() => JSON.parse('<')),
		thrownBy(() => JSON.parse('')),
		thrownBy(() => new RegExp('(')),
		thrownBy(() => BigInt('many'))
	])('reports what a part threw once it was there, and does not blame the way: %s', (error) => {
		const { said, reported } = heard();
		expect(isUnloaded(error)).toBe(false);
		sayUnloaded(error);
		expect([said, reported]).toEqual([[], [error]]);
	});
});
