const moves = [
	...(['pointermove', 'pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin'] as const),
	// Who brings a file over the page moves no pointer on it.
	...(['dragenter', 'drop', 'paste'] as const)
];
let moved: Promise<void> | undefined;

/** Resolves once the reader has done anything on the page: looked around, scrolled, pressed a key. */
export function firstMove(): Promise<void> {
	return (moved ??= new Promise((done) => {
		for (const move of moves) addEventListener(move, () => done(), { once: true, passive: true });
	}));
}
