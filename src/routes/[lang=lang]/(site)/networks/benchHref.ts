import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import type { BenchPage } from '$lib/viz/figures/network/benchPage';

/** Address of a page of the operations bench in the reader's language. */
export function benchHref({ op, query }: BenchPage): string {
	const path = resolve(`/${getLocale()}/ops/${op}` as '/');
	return query === '' ? path : `${path}?${query}`;
}
