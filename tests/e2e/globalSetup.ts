import { serveSite } from '../../tools/siteServer';

/** Serves the build at a free port for all tests; they find it as `baseURL` (playwright.config.ts). */
export default async function globalSetup() {
	const server = await serveSite();
	process.env.SITE_URL = server.url;
	return () => server.close();
}
