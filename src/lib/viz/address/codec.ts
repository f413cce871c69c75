import { mark, type About, type Kind, type Reason } from './kinds';

/** A part of an address that was not taken over. */
export interface Ignored {
	readonly name: string;
	readonly value: string;
	readonly reason: Reason;
	/** What exactly is wrong: an error that has words of its own, or a sentence. */
	readonly why: Error | string | null;
	/** What holds in its place, as an address has it; none for what nothing has the name of. */
	readonly used?: string;
}

/** One part of an address: `name=text`, and what of the state it says. Where that is `null`, nothing is written. */
export interface Part<S, T = unknown> {
	readonly name: string;
	/** What of the state it says. */
	readonly keys: readonly (keyof S)[];
	/** May depend on what parts before it have said. */
	readonly kind: Kind<T> | ((state: S) => Kind<T>);
	get(state: S): T | null;
	put(value: T, state: S): Partial<S>;
	/** Whether it means anything beside what parts before it have said. */
	isUsed?(state: S): boolean;
	/** Written although it is as usual. */
	readonly always?: true;
	/** Written as its name alone. */
	readonly isBare?: boolean;
}

/** What follows from a declaration of parts. */
export interface Codec<S> {
	/** What an empty address says. */
	readonly initial: S;
	/** The parts of a state, in the order in which they are written and read. */
	partsOf(state: S): readonly Part<S>[];
	/** What an address's search says, whatever it is: what cannot be taken over is as usual, and listed in its order. */
	parse(search: string): Parsed<S>;
	/** The search that says a state: only what differs from the usual, `''` where nothing does. */
	format(state: S): string;
}

export interface Parsed<S> {
	readonly value: S;
	/** Names of the parts that were taken over. */
	readonly said: readonly string[];
	readonly ignored: readonly Ignored[];
}

interface Declaration<S> {
	readonly initial: S;
	/** Those that depend on what was said before them stand as a function of it. */
	readonly parts: readonly (Part<S> | ((state: S) => readonly Part<S>[]))[];
	/** Of the parts that were said, the one to take back because they do not fit together; asked until there is none. */
	misfit?(state: S, said: readonly Part<S>[]): Part<S> | undefined;
	/** Parts that are read once the others fit. */
	readonly later?: readonly Part<S>[];
}

/** Parts of an address beyond this are not read: no page writes that many. */
const maxParts = 100;
/** What is said of an ignored part is cut to this. */
const shown = (text: string) => text.slice(0, 60);

const kindOf = <S>({ kind }: Part<S>, state: S) => (typeof kind === 'function' ? kind(state) : kind);

/** Reading and writing of addresses, from a declaration of their parts. Of a part that stands twice, the first that can be read counts. */
export function addressCodec<S extends object>({
	initial,
	parts,
	misfit,
	later = []
}: Declaration<S>): Codec<S> {
	const partsOf = (state: S) =>
		[...parts, ...later].flatMap((part) => (typeof part === 'function' ? part(state) : part));

	function parse(search: string): Parsed<S> {
		const all = Array.from(new URLSearchParams(search), ([name, text]) => ({ name, text }));
		const given = all.slice(0, maxParts);
		type Given = (typeof given)[number];
		const ignored = new Map<Given, Ignored[]>(given.map((of) => [of, []]));
		const ignore = (of: Given, reason: Reason = 'invalid', { value = of.text, why = null }: About = {}) => {
			ignored.get(of)!.push({ name: shown(of.name), value: shown(value), reason, why });
			return undefined;
		};
		const unread = new Set(given);
		let said: readonly { readonly part: Part<S>; readonly of: Given }[] = [];
		let state = initial;

		const read = (part: Part<S>) => {
			for (const of of given.filter(({ name }) => name === part.name)) {
				unread.delete(of);
				if (part.isUsed?.(state) === false) ignore(of, 'unused');
				else if (said.some((other) => other.part === part)) ignore(of);
				else {
					const value = kindOf(part, state).read(of.text, (...about) => ignore(of, ...about));
					if (value === undefined) continue;
					state = { ...state, ...part.put(value, state) };
					said = [...said, { part, of }];
				}
			}
		};
		for (const part of parts) (typeof part === 'function' ? part(state) : [part]).forEach(read);
		for (;;) {
			const back = misfit?.(
				state,
				said.map(({ part }) => part)
			);
			const taken = said.find(({ part }) => part === back);
			if (!back || !taken) break;
			ignore(taken.of, 'unfit');
			said = said.filter((other) => other !== taken);
			state = { ...state, ...Object.fromEntries(back.keys.map((key) => [key, initial[key]])) };
		}
		later.forEach(read);
		for (const of of unread) ignore(of, 'unknown');
		const beyond = all.slice(maxParts).map(({ name, text }): Ignored => ({
			name: shown(name),
			value: shown(text),
			reason: 'unknown',
			why: null
		}));
		return {
			value: state,
			said: said.map(({ part }) => part.name),
			ignored: [...[...ignored.values()].flat().slice(0, maxParts).map(withUsed(state)), ...beyond]
		};
	}

	/** With what holds in the place of a part, once all is read. */
	function withUsed(state: S): (of: Ignored) => Ignored {
		const known = partsOf(state);
		return (of) => {
			const part = known.find(({ name }) => name === of.name);
			const value = part?.isUsed?.(state) === false ? null : (part?.get(state) ?? null);
			return part && value !== null ? { ...of, used: kindOf(part, state).write(value) } : of;
		};
	}

	function format(state: S): string {
		const written: string[] = [];
		// What the parts before say is what is usual for those after them.
		let usual = initial;
		for (const part of partsOf(state)) {
			const value = part.get(state);
			if (value === null || part.isUsed?.(state) === false) continue;
			const text = kindOf(part, state).write(value);
			const before = part.get(usual);
			if (!part.always && before !== null && kindOf(part, usual).write(before) === text) continue;
			written.push(part.isBare ? part.name : `${encoded(part.name)}=${encoded(text)}`);
			usual = { ...usual, ...part.put(value, usual) };
		}
		return written.length === 0 ? '' : `?${written.join('&')}`;
	}

	return { initial, partsOf, parse, format };
}

/** Commas, colons, slashes and brackets may stand in a search as they are, and can be read there. */
function encoded(text: string): string {
	const search = new URLSearchParams({ x: text }).toString().slice(2);
	return search.replace(/%(2C|3A|2F|28|29)/g, decodeURIComponent);
}

/** How the parts of a state are declared. */
export function partsOf<S extends object>() {
	return {
		/** A value of the state. */
		field<K extends keyof S>(
			name: string,
			key: K,
			kind: Kind<NonNullable<S[K]>> | ((state: S) => Kind<NonNullable<S[K]>>),
			more: Pick<Part<S>, 'isUsed' | 'always'> = {}
		): Part<S> {
			return {
				name,
				keys: [key],
				kind: kind as Part<S>['kind'],
				get: (state) => state[key],
				put: (value) => ({ [key]: value }) as Partial<S>,
				...more
			};
		},
		/** True where the word stands; without one, where the name does. */
		marked<K extends keyof S>(name: string, key: K, word = ''): Part<S> {
			return {
				name,
				keys: [key],
				kind: mark(word),
				get: (state) => state[key] || null,
				put: (value) => ({ [key]: value }) as Partial<S>,
				isBare: word === ''
			};
		},
		/** A value of an object in the state. */
		within<K extends keyof S, I extends keyof S[K] & string>(
			key: K,
			inner: I,
			kind: Kind<NonNullable<S[K][I]>>,
			name: string = inner
		): Part<S> {
			return {
				name,
				keys: [key],
				kind: kind as Kind<unknown>,
				get: (state) => state[key][inner] ?? null,
				put: (value, state) => ({ [key]: { ...state[key], [inner]: value } }) as Partial<S>
			};
		}
	};
}

/** Ignored parts as they are written in an address. */
export function writtenParts(ignored: readonly Ignored[]): string[] {
	return ignored.map(({ name, value }) => `${name}=${value}`);
}

/** A search with some parts set anew, as a phrase of the text does; all others stay. */
export function mergeSearch(search: string, phrase: string): string {
	const merged = new URLSearchParams(search);
	for (const [name, value] of new URLSearchParams(phrase)) merged.set(name, value);
	return `?${merged}`;
}
