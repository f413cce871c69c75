interface Connection {
	readonly saveData?: boolean;
	readonly type?: string;
}
const connection = (): Connection | undefined =>
	(navigator as Navigator & { readonly connection?: Connection }).connection;

/** Whether the reader has told the browser to save data. */
export const savesData = (): boolean => connection()?.saveData === true;

/** Whether the reader may pay for what is fetched: the browser saves data, or says that it is on a mobile network. */
export const isMetered = (): boolean => savesData() || connection()?.type === 'cellular';

/** Calls back when the browser has nothing else to do; where it does not tell, after some milliseconds. */
export function idle(then: () => void, otherwise = 500): void {
	if ('requestIdleCallback' in window) requestIdleCallback(then, { timeout: 5000 });
	else setTimeout(then, otherwise);
}

/** Resolves when the browser has nothing else to do. */
export const idleMoment = (): Promise<void> => new Promise((done) => idle(done, 50));
