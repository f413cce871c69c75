import { startWorker } from '$lib/stored/startWorker';
import type { Lit } from './layout/pictureAt';
import type { Order, Scene } from './painter';
import script from './painter.worker.ts?worker&url';

/** Whether a canvas can be drawn on beside the page. */
export const canDrawApart = (): boolean =>
	typeof Worker !== 'undefined' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

interface Options {
	/** Whether it is to be drawn in a worker. */
	readonly isApart: boolean;
	/** It has been drawn at a place of the handle's way. */
	readonly onpainted: (t: number) => void;
	/** Nothing will be: the worker did not start, and the canvas is lost to it. */
	readonly onfail: () => void;
}

/**
 * Has a canvas drawn on in a worker, so that the page answers while a thousand threads are drawn, or on the page where that is not to be.
 * What is asked for while it is at it waits, and only the last of that is drawn.
 */
export class Easel {
	readonly #worker: Worker | undefined;
	readonly #onpainted: (t: number) => void;
	/** Hands an order over, once there is who does it. */
	#send: ((order: Order) => void) | undefined;
	#isBusy = false;
	/** What the painter knows, and what is to be drawn next. */
	#scene: Scene | undefined;
	#t = 0;
	#next: Required<Order> | undefined;

	constructor(canvas: HTMLCanvasElement, { isApart, onpainted, onfail }: Options) {
		this.#onpainted = onpainted;
		if (!isApart) {
			void import('./painter').then(({ Painter }) => {
				const painter = new Painter(canvas);
				this.#send = (order) => {
					painter.do(order);
					this.#done();
				};
				this.#sendNext();
			});
			return;
		}
		const worker = (this.#worker = startWorker(script));
		worker.addEventListener('error', onfail);
		worker.addEventListener('message', () => this.#done());
		const sheet = canvas.transferControlToOffscreen();
		worker.postMessage(sheet, [sheet]);
		this.#send = (order) => worker.postMessage(order);
	}

	draw(scene: Scene, t: number, lit: Lit | null): void {
		this.#next = { scene, t, lit };
		this.#sendNext();
	}

	close(): void {
		this.#worker?.terminate();
	}

	#sendNext(): void {
		if (!this.#send || !this.#next || this.#isBusy) return;
		const { scene, ...rest } = this.#next;
		this.#next = undefined;
		this.#isBusy = true;
		const isKnown = scene === this.#scene;
		this.#scene = scene;
		this.#t = rest.t;
		this.#send(isKnown ? rest : { scene, ...rest });
	}

	#done(): void {
		this.#isBusy = false;
		this.#onpainted(this.#t);
		this.#sendNext();
	}
}
