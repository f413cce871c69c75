import { type PoolGeometry, type PoolOptions, poolBy, resolvePool } from './pool';

/** Max pooling. Padding never wins. */
export const maxPool = poolBy<PoolOptions, PoolGeometry>(
	'maxPool',
	(inputs, options) => resolvePool('maxPool', inputs, options),
	{ start: -Infinity, combine: Math.max, padding: -Infinity },
	0
);
