import { vi } from 'vitest';

/** Waits until something holds. The bound is for what never comes: a machine with other work is ten times slower than a free one. */
export const until = (holds: () => unknown): Promise<unknown> => vi.waitUntil(holds, { timeout: 120_000 });
