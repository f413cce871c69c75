import { Engine, ensureIsolation, preprocessings } from '../../../src/lib/engine/client';
import { networks } from '../../../src/lib/nets';

/** What the tests use. */
const parts = { Engine, ensureIsolation, preprocessings, networks };
export type Parts = typeof parts;

declare global {
	interface Window {
		parts: Parts;
	}
}
window.parts = parts;
document.documentElement.dataset.alive = '';
