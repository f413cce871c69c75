declare global {
	/** The site's version, from package.json. */
	const __VERSION__: string;
	namespace App {}
}

export {};
