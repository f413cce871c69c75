import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepText, readText } from '../../../src/lib/stored/texts';

class FakeStorage {
	readonly items = new Map<string, string>();
	getItem = (key: string) => this.items.get(key) ?? null;
	setItem = (key: string, text: string) => void this.items.set(key, text);
	removeItem = (key: string) => void this.items.delete(key);
}

afterEach(() => {
	keepText('tab', 'own', null);
	vi.unstubAllGlobals();
});

describe('keepText', () => {
	it('keeps on the device or in the tab, and lets go', () => {
		const [device, tab] = [new FakeStorage(), new FakeStorage()];
		vi.stubGlobal('localStorage', device);
		vi.stubGlobal('sessionStorage', tab);
		keepText('device', 'theme', 'dark');
		keepText('tab', 'own', '{}');
		expect([...device.items, ...tab.items]).toEqual([
			['theme', 'dark'],
			['own', '{}']
		]);
		expect(readText('device', 'theme')).toBe('dark');
		keepText('device', 'theme', null);
		expect(readText('device', 'theme')).toBeNull();
	});

	it('holds the text until the page is left where storage throws, and says so', () => {
		const refuse = () => {
			throw new DOMException('denied', 'SecurityError');
		};
		const said = vi.fn();
		vi.stubGlobal('dispatchEvent', ({ type }: Event) => said(type));
		vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
		expect(readText('tab', 'own')).toBeNull();
		keepText('tab', 'own', 'graph');
		expect(readText('tab', 'own')).toBe('graph');
		expect(said).toHaveBeenCalledExactlyOnceWith('lightnets:unkept');
		keepText('tab', 'own', null);
		expect(readText('tab', 'own')).toBeNull();
	});
});
