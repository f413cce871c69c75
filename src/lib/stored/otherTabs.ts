const name = 'lightnets-stored';

/** Tells the site's other tabs that what the browser keeps is other than it was. */
export function tellTabs(): void {
	const channel = new BroadcastChannel(name);
	channel.postMessage(null);
	channel.close();
}

/**
 * Looks again whenever another tab may have changed what the browser keeps: when that tab says so, and when the reader comes back to
 * this one, since a browser's own settings change it, too.
 * @returns what ends it
 */
export function hearTabs(look: () => void): () => void {
	const channel = new BroadcastChannel(name);
	channel.onmessage = look;
	addEventListener('focus', look);
	return () => {
		channel.close();
		removeEventListener('focus', look);
	};
}
