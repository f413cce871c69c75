/** The same function, which keeps what it made of each object as long as that is there. */
export function once<From extends object, To>(make: (from: From) => To): (from: From) => To {
	const made = new WeakMap<From, To>();
	return (from) => {
		const known = made.get(from);
		if (known !== undefined) return known;
		const now = make(from);
		made.set(from, now);
		return now;
	};
}
