/** How totals are counted, where papers and programs differ. */
export interface Conventions {
	/** Multiply-accumulates, or twice as many floating point operations. */
	readonly count: 'macs' | 'flops';
	/** What of batch norm is among the parameters: scale and shift; these and the moving statistics; or nothing. */
	readonly batchNorm: 'trainable' | 'all' | 'none';
	/** Whether biases are among the parameters. */
	readonly biases: boolean;
	/** Whether the last layer, whose size the number of classes decides, is in the totals. */
	readonly classifier: boolean;
}

/** MACs, trainable parameters, the whole network: the headline figures of the site. */
export const defaultConventions: Conventions = {
	count: 'macs',
	batchNorm: 'trainable',
	biases: true,
	classifier: true
};
