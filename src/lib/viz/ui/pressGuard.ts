/** How long a press on a button may be under way when the button changes by itself, in milliseconds. */
const underWay = 500;

/**
 * Which presses of a button that changes its meaning are meant for what it has become. One that was under way as it changed by itself is
 * not: on "Run" where something began to run since the page came, on "Pause" where what played came to rest.
 */
export class PressGuard {
	#begun = -Infinity;

	/** Notes that it has changed. @param isPressed whether by the button itself: whoever pressed knows what it has become */
	begin(now: number, isPressed: boolean): void {
		this.#begun = isPressed ? -Infinity : now;
	}

	/** Whether a press was one on what it is now. */
	isMeant({ timeStamp }: Pick<UIEvent, 'timeStamp'>): boolean {
		return timeStamp - this.#begun > underWay;
	}

	/** Whether a press on what is "Cancel" now was one on that: the second of a double click on "Run" is none either. */
	isCancel({ timeStamp, detail }: Pick<UIEvent, 'timeStamp' | 'detail'>): boolean {
		return detail < 2 && this.isMeant({ timeStamp });
	}
}
