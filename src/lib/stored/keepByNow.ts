import type { CarriedFiles, CarriedKind } from './carriers';

let putting: Promise<void> = Promise.resolve();

/**
 * Has what is put down be what is given by then, by what comes late, one after the other; where that cannot be, what is there stays as it
 * was put down.
 */
export function keepByNow(kind: CarriedKind, give: () => Promise<readonly CarriedFiles[]>): Promise<void> {
	return (putting = putting.then(async () => {
		try {
			const [{ keepDown }, groups] = await Promise.all([import('./carried'), give()]);
			await keepDown(kind, groups);
		} catch {
			// What is there stays.
		}
	}));
}
