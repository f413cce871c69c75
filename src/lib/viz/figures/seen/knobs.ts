/** Layers that are compared; `group` is on a wider example, so that there is something between 1 group and as many as channels. */
export const seenLayers = ['depthwise', 'separable', 'standard', 'group'] as const;
export type SeenLayer = (typeof seenLayers)[number];

export const seenKnobs = {
	layer: { kind: 'choice', choices: seenLayers, default: 'depthwise' },
	groups: { kind: 'choice', choices: [1, 2, 3, 6], default: 2, symbol: 'g' }
} as const;
