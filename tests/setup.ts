import fc from 'fast-check';

// One seed for all property tests of a run (vitest.config.ts), said where it starts.
fc.configureGlobal({ seed: Number(process.env['SEED']), numRuns: 100 });
