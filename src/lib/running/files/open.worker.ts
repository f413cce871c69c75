import { FormatError, openFiles, type ModelFile, type Opened } from '$lib/formats';
import type { Reason } from '$lib/formats/reason';
import { WeightsError, type Params } from '$lib/formats/tensors';

/** What a reader is asked for: files, and the size of an input that they leave open. */
export interface Asked {
	readonly files: readonly File[];
	readonly size?: number;
}

/** What comes back, the last of which ends it. */
export type Answer =
	| { readonly kind: 'progress'; readonly share: number }
	| { readonly kind: 'opened'; readonly opened: Opened }
	/** `code` is a `FormatError`'s, or, for `of: 'weights'`, a `WeightsError`'s; `unforeseen` for any other. */
	| {
			readonly kind: 'failed';
			readonly of: 'format' | 'weights' | 'unforeseen';
			readonly code: string;
			readonly message: string;
			readonly params: Params;
			/** Why a file is `broken`. */
			readonly reason?: Reason | null;
	  };

const post = (answer: Answer, transfer: Transferable[] = []) => self.postMessage(answer, { transfer });

self.onmessage = async ({ data: { files, size } }: MessageEvent<Asked>) => {
	try {
		const total = files.reduce((sum, file) => sum + file.size, 0);
		let loaded = 0;
		const read: ModelFile[] = [];
		for (const file of files) {
			read.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
			loaded += file.size;
			// Files may have no bytes at all.
			post({ kind: 'progress', share: (0.5 * loaded) / Math.max(1, total) });
		}
		const opened = await openFiles(read, {
			...(size !== undefined && { size }),
			progress: (share) => post({ kind: 'progress', share: 0.5 + share / 2 })
		});
		post({ kind: 'opened', opened }, buffersOf(opened));
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (error instanceof FormatError) {
			const { code, params, reason } = error;
			post({ kind: 'failed', of: 'format', code, message, params, reason });
		} else if (error instanceof WeightsError) {
			post({ kind: 'failed', of: 'weights', code: error.code, message, params: error.params });
		} else {
			const params = { files: files.map(({ name }) => name).join('\n') };
			post({ kind: 'failed', of: 'unforeseen', code: '', message, params });
		}
	}
};

/** The memory that goes over to the page, and is not copied. */
function buffersOf(opened: Opened): Transferable[] {
	const arrays =
		opened.kind === 'weights'
			? opened.tensors.map(({ data }) => data)
			: Object.values(opened.weights ?? {}).flatMap((of) =>
					Object.values(of).flatMap(({ data, quantized }) => [data, ...(quantized ? [quantized.values] : [])])
				);
	return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}
