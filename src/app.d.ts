declare global {
	namespace App {
		interface Error {
			message: string;
			/** The page, or a part of it, could not be fetched. */
			isUnloaded?: boolean;
		}
	}
}

export {};
