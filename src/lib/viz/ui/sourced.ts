/**
 * Holds a picture to its address. Where a prerendered page comes alive, Svelte leaves the `src` that it finds; what is shown may be
 * another by then, as it is where the address or a kept file says so.
 */
export const sourced = (address: string) => (image: HTMLImageElement) => {
	if (image.src !== new URL(address, image.baseURI).href) image.src = address;
};
