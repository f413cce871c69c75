/** Sets of pictures that networks are compared on: how many classes they have, and pictures to learn from and to be tested with. */

/** ILSVRC 2012, with its validation pictures, whose labels are public (Russakovsky et al. 2015, table 2). */
export const imagenet = { classes: 1000, training: 1_281_167, tests: 50_000 } as const;

/** CIFAR-10 (Krizhevsky 2009, chapter 3). */
export const cifar10 = { classes: 10, training: 50_000, tests: 10_000, side: 32 } as const;
