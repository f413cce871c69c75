import { m } from '$lib/i18n';
import { formatCount } from './format';

/** A count as text, which says that it is a lower bound where parts of what it counts are unknown. */
export function atLeast(count: string, unknown = 0): string {
	return unknown > 0 ? m.formats_at_least({ count }) : count;
}

/** As {@link atLeast}, and “not counted” where all parts are unknown. */
export function countText(count: number, unknown: number, format = formatCount): string {
	return unknown > 0 && count === 0 ? m.formats_not_counted() : atLeast(format(count), unknown);
}
