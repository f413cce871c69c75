// Every page has these; what carries, which is longer, comes when there is something to carry.

/** The browser's store of what is carried. */
export const kept = 'lightnets-carried';

/** What can be carried, by who puts it down and takes it up. */
export const carriedKinds = ['networks', 'classes', 'training', 'compression'] as const;
export type CarriedKind = (typeof carriedKinds)[number];

/** A group of files that belong together, with what is to be known of them, as JSON has it. What is put down again is not written again. */
export interface CarriedFiles {
	readonly files: readonly Blob[];
	readonly about: unknown;
}

/** The same, taken up: files by the names that they had. */
export interface TakenFiles extends CarriedFiles {
	readonly files: readonly File[];
}

/** Who has something in this tab that would be lost with the page. */
export interface Carrier {
	readonly kind: CarriedKind;
	hasAny(): boolean;
	give(): Promise<readonly CarriedFiles[]>;
	/** Told that all of it is on its way. */
	given?(): void;
}

/** By kind, so that one takes the place of the last of its kind. */
export const carriers = new Map<CarriedKind, Carrier>();

/** Has what somebody holds survive the way to another language from now on, whichever page is left. */
export const addCarrier = (carrier: Carrier): void => void carriers.set(carrier.kind, carrier);

/** Whether a page in another language would lose anything of what is here. */
export const hasCarried = (): boolean => [...carriers.values()].some((of) => of.hasAny());
