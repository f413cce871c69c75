/** The part of Trusted Types that is used here; not all browsers have it, nor do TypeScript's own types. */
interface Policies {
	createPolicy(
		name: string,
		rules: { createHTML?: (text: string) => string; createScriptURL?: (address: string) => string }
	): { createHTML(text: string): unknown; createScriptURL(address: string): unknown };
}

const policies = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes;

/** Only files of this site, and what it made itself, are run. */
function ownScript(address: string): string {
	const { protocol, origin } = new URL(address);
	if (protocol === 'blob:' || origin === globalThis.location.origin) return address;
	throw new TypeError(`no script of this site: ${address.slice(0, 100)}`);
}

/** What the security policy lets pages set as markup or start as a script, besides what Svelte has compiled (`svelte.config.js`). */
const own = policies?.createPolicy('lightnets', {
	createHTML: (text) => text,
	createScriptURL: ownScript
});

/** Markup that was written at the build, such as a lesson's; never what a reader or an address gave. */
export const trustedHtml = (html: string): string => (own?.createHTML(html) as string | undefined) ?? html;

/** The address of a script of the site's own. @throws {TypeError} for another's */
export const trustedScript = (address: string): string =>
	(own?.createScriptURL(address) as string | undefined) ?? address;

/** Lets libraries start workers from what they made themselves, as TensorFlow.js does for its threads, and nothing else. */
export function trustOwnScripts(): void {
	policies?.createPolicy('default', { createScriptURL: ownScript });
}
