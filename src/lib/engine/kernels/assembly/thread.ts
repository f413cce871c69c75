/** Which thread this is, which has its own scratch memory. (Globals, unlike memory, are a thread's own.) */
export let thread: i32 = 0;

export function setThread(index: i32): void {
	thread = index;
}
