import { describe, expect, it } from 'vitest';
import { mostHarmed, worstLayer } from '../../../../src/routes/[lang=lang]/(site)/compression/pick';
import type { IntegersOfSet } from '../../../../src/routes/[lang=lang]/(site)/compression/integersOf';

const layer = (id: string, tensor: number, channel: number) => ({
	id,
	errors: { 3: { tensor, channel }, 8: { tensor, channel } }
});
const of = (key: string, layers: readonly object[]) => ({ key, layers }) as unknown as IntegersOfSet;

describe('worstLayer(of, bits)', () => {
	it('is the one to whose error one scale adds most, not the one that few bits harm most', () => {
		const set = of('a', [layer('coarse', 0.6, 0.55), layer('harmed', 0.5, 0.2), layer('fine', 0.1, 0.1)]);
		expect(worstLayer(set, 3).id).toBe('harmed');
	});

	it('so is the set with that layer the most harmed', () => {
		const sets = [of('coarse', [layer('a', 0.6, 0.55)]), of('harmed', [layer('b', 0.5, 0.2)])];
		expect(mostHarmed(sets).key).toBe('harmed');
	});
});
