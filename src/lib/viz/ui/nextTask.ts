/** Lets the browser answer before what follows. */
export const nextTask = () => new Promise<void>((done) => setTimeout(done));

/** The same after the next picture: tasks that follow each other at once keep it waiting. */
export const nextFrame = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
