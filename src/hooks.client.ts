import type { ClientInit, HandleClientError } from '@sveltejs/kit';
import { letGoOfLeft } from '$lib/stored/left';
import { isUnloaded } from '$lib/stored/unloaded';

export const init: ClientInit = () => void letGoOfLeft();

/** Tells a page that could not be loaded from one that broke, so that the error page can say what to do. A host's error comes to neither. */
export const handleError: HandleClientError = ({ error, message, status }) => ({
	message,
	...(status >= 500 &&
		// JSON that cannot be read is the page's data, which the router reads itself.
		(isUnloaded(error) || error instanceof SyntaxError ? { isUnloaded: true } : { isBroken: true }))
});
