declare global {
	/** The site's version, from package.json. */
	const __VERSION__: string;
	namespace App {
		interface Error {
			message: string;
			/** The page, or a part of it, could not be fetched. */
			isUnloaded?: boolean;
			/** The page itself threw. */
			isBroken?: boolean;
		}
		interface PageState {
			/** What of the playground's address was looked at before this step into the network. */
			cameFrom?: string;
		}
	}
}

export {};
