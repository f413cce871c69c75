/** Lets the browser answer before what follows. */
export const nextTask = () => new Promise<void>((done) => setTimeout(done));
