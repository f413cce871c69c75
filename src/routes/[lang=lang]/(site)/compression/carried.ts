import * as v from 'valibot';
import { takeUp } from '$lib/stored/carried';
import type { CarriedFiles } from '$lib/stored/carriers';
import type { Timed } from './timeSets';

/** What the reader has had done here, and wants to find again: what follows from weights is computed again, what was measured stays. */
export interface Done {
	/** The set that is compressed, by its id. */
	readonly asked: string | null;
	/** What answers were compared of, by `subjectOf` of ./done. */
	readonly compared: string | null;
	/** The reader's own pictures that they were compared on. */
	readonly pictures: readonly File[];
	/** Times on this device, by set. */
	readonly times: Readonly<Record<string, Timed>>;
}

const number = v.number();
const spread = v.object({ median: number, low: number, high: number, count: number });
const text = v.nullable(v.string());
const aboutSchema = v.object({
	asked: text,
	compared: text,
	times: v.record(
		v.string(),
		v.object({
			times: v.object({ integers: spread, float32: spread }),
			pace: v.picklist(['faster', 'slower', 'same']),
			threads: number
		})
	)
});

export const packed = ({ pictures, ...about }: Done): readonly CarriedFiles[] => [{ files: pictures, about }];

/** What was done on the page that was here before; `null` for nothing, or what cannot be read. It stays put down. */
export async function taken(): Promise<Done | null> {
	const [group] = await takeUp('compression', { stays: true });
	const parsed = v.safeParse(aboutSchema, group?.about);
	return group && parsed.success ? { ...parsed.output, pictures: group.files } : null;
}
