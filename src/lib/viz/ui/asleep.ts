import { flushSync } from 'svelte';
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
 * before it gets the event, and what a control was set to by it stays.
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

/** Says that the page is other than it was prerendered: what sleeps comes alive in idle time, so that it is seen as it is. */
export function pageChanged(): void {
	isChanged = true;
	void wakeInTurn();
}

function begin(): IntersectionObserver {
	let hasLooked: () => void;
	looked = new Promise((done) => (hasLooked = done));
	for (const type of touches) addEventListener(type, touch, true);
	addEventListener('beforeprint', wakeAll);
	isChanged ||= location.search !== '' || location.hash !== '';
	void firstMove().then(pageChanged);
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
	const path = event.composedPath();
	const parts = path.toReversed().filter((target) => target instanceof Element);
	const keep = keepChosen(event);
	let hasWoken = false;
	for (const part of parts) {
		if (!asleep.has(part)) continue;
		wake(part);
		hasWoken = true;
	}
	if (hasWoken) keep?.();
}

/**
 * A part that comes alive sets its controls to what it holds: this one was just set to something else.
 * @returns what sets it so again; `null` where the event sets nothing
 */
function keepChosen({ type, target }: Event): (() => void) | null {
	const isSet = type === 'input' || type === 'change';
	if (target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type)) {
		const { checked } = target;
		return isSet || type === 'click' ? keeping(() => (target.checked = checked)) : null;
	}
	const hasValue =
		target instanceof HTMLSelectElement ||
		target instanceof HTMLTextAreaElement ||
		(target instanceof HTMLInputElement && target.type !== 'file');
	if (!isSet || !hasValue) return null;
	const { value } = target;
	return keeping(() => (target.value = value));
}

/** After all that the part sets by itself. */
const keeping = (set: () => void) => () => {
	flushSync();
	set();
};

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
