import { describe, expect, it } from 'vitest';
import { handleError } from '../../src/hooks.client';

const told = (error: unknown, status = 500) =>
	handleError({ error, status, message: 'words', event: {} as never });

describe('handleError', () => {
	it('tells a page that did not come from one that broke', () => {
		expect(told(new TypeError('Failed to fetch'))).toEqual({ message: 'words', isUnloaded: true });
		expect(told(new TypeError('a is not a function'))).toEqual({ message: 'words', isBroken: true });
		expect(told(new Error('Not found'), 404)).toEqual({ message: 'words' });
	});

	it('takes data that was cut on its way for one that did not come', () => {
		for (const text of ['{"type":"data","nod', '', '<!doctype html>']) {
			let error: unknown;
			try {
				JSON.parse(text);
			} catch (thrown) {
				error = thrown;
			}
			expect(told(error)).toEqual({ message: 'words', isUnloaded: true });
		}
	});
});
