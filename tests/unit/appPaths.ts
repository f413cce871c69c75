/** What SvelteKit gives pages as `$app/paths`, for a site at the root of its host. */
export const base = '';
export const asset = (path: string) => path;
export const resolve = (path: string) => path;
