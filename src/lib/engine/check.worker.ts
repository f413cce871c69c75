import { expose } from 'comlink';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { type CheckChain, runChain } from './checkChain';

/** What the worker answers: plain data. */
export interface Checked {
	/** Row-major, without the batch. */
	readonly values: Float32Array;
	readonly version: string;
	readonly backend: string;
}

// Its plain JavaScript backend: a bench has at most about a million multiplications, which it does in milliseconds, and
// nothing more than this script is to be fetched.
const worker = {
	async check(chain: CheckChain): Promise<Checked> {
		await tf.setBackend('cpu');
		await tf.ready();
		return { values: await runChain(chain), version: tf.version_core, backend: tf.getBackend() };
	}
};
export type CheckWorker = typeof worker;

expose(worker);
