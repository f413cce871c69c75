/** How long a press on "Run" may be under way when something begins to run by itself, in milliseconds. */
const underWay = 500;

/**
 * Which presses of the button that runs and cancels are meant to cancel. One on "Run" that was under way as something began by
 * itself, since the page came or another picture was chosen, is not; neither is the second of a double click on "Run".
 */
export class PressGuard {
	#begun = -Infinity;

	/** Notes that something began to run. @param isPressed whether by the button itself: whoever pressed knows what it has become */
	begin(now: number, isPressed: boolean): void {
		this.#begun = isPressed ? -Infinity : now;
	}

	/** Whether a press on what is "Cancel" now was one on that. */
	isCancel({ timeStamp, detail }: Pick<UIEvent, 'timeStamp' | 'detail'>): boolean {
		return detail < 2 && timeStamp - this.#begun > underWay;
	}
}
