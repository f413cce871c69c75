import { type PoolGeometry, type PoolOptions, poolBy, poolFields, resolvePool } from './pool';

/** Max pooling. Padding never wins. */
export const maxPool = poolBy<PoolOptions, PoolGeometry>(
	'maxPool',
	poolFields,
	(inputs, options) => resolvePool('maxPool', inputs, options),
	{ form: 'max', start: -Infinity, combine: Math.max, padding: -Infinity },
	0
);
