import { idleMoment } from '$lib/stored/connection';
import { firstMove } from './firstMove';
import { nextTask } from './nextTask';

/** Parts of the page that are not alive yet, in its order, and what makes them alive. */
const asleep = new Map<Element, () => void>();
/** Those of them that are on the screen. */
const seen = new Set<Element>();
/** Who does something with a part finds it alive: these come here before they come to it. */
const touches = ['pointerover', 'pointerdown', 'focusin', 'keydown', 'click', 'input', 'change', 'toggle'];

let screen: IntersectionObserver | undefined;
/** Resolves when it is known what is on the screen. */
let looked = Promise.resolve();
/** Whether the page may be other than it was prerendered. */
let isChanged = false;
let isWaking = false;

/**
 * Lets a part of the page sleep until it is needed. Each comes alive in a task of its own: what is on the screen first; the rest in
 * idle time, once the reader has done anything or where the address holds a state. What is pointed at, pressed or focused is alive
 * before it gets the event.
 * @returns what forgets it
 */
export function sleep(element: Element, rouse: () => void): () => void {
	screen ??= begin();
	asleep.set(element, rouse);
	screen.observe(element);
	return () => forget(element);
}

/** Resolves when all that is on the screen is alive, and drawn for the size that it has, which is told in the next frame. */
export async function awake(): Promise<void> {
	await looked;
	while (seen.size > 0) await nextTask();
	await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
}

/** Makes all that sleeps alive now, for what has to have all of it: a printed page. */
export function wakeAll(): void {
	for (const element of asleep.keys()) wake(element);
}

function begin(): IntersectionObserver {
	let hasLooked: () => void;
	looked = new Promise((done) => (hasLooked = done));
	for (const type of touches) addEventListener(type, touch, true);
	addEventListener('beforeprint', wakeAll);
	isChanged = location.search !== '' || location.hash !== '';
	void firstMove().then(() => {
		isChanged = true;
		void wakeInTurn();
	});
	return new IntersectionObserver((moments) => {
		for (const { target, isIntersecting } of moments)
			if (isIntersecting && asleep.has(target)) seen.add(target);
			else seen.delete(target);
		hasLooked();
		void wakeInTurn();
	});
}

async function wakeInTurn(): Promise<void> {
	if (isWaking) return;
	isWaking = true;
	for (;;) {
		if (seen.size > 0) await nextTask();
		else if (isChanged && asleep.size > 0) await idleMoment();
		else break;
		const [next] = seen.size > 0 ? seen : asleep.keys();
		if (next) wake(next);
	}
	isWaking = false;
}

/** From the outermost part on, since what is in a part begins to sleep when that is alive. */
function touch(event: Event): void {
	if (asleep.size === 0) return;
	for (const target of event.composedPath().toReversed())
		if (target instanceof Element && asleep.has(target)) wake(target);
}

function wake(element: Element): void {
	const rouse = asleep.get(element);
	forget(element);
	try {
		rouse?.();
	} catch (error) {
		// One part that breaks keeps none of the others asleep.
		reportError(error);
	}
}

function forget(element: Element): void {
	asleep.delete(element);
	seen.delete(element);
	screen?.unobserve(element);
}
