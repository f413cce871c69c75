import { proxy, type ProxyMarked } from 'comlink';

/**
 * Calls a worker's function that reports how far it is. Reports have a channel of their own, so that the last may come after the
 * answer: what comes then is not passed on.
 */
export async function withReports<Told extends readonly unknown[], T>(
	report: ((...told: Told) => void) | undefined,
	call: (report: ((...told: Told) => void) & ProxyMarked) => Promise<T>
): Promise<T> {
	let isOver = false;
	try {
		return await call(
			proxy((...told: Told) => {
				if (!isOver) report?.(...told);
			})
		);
	} finally {
		isOver = true;
	}
}
