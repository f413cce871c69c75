/** Layers that are compared; `group` is on a wider example, so that there is something between 1 group and as many as channels. */
export const dependencyLayers = ['depthwise', 'separable', 'standard', 'group'] as const;
export type DependencyLayer = (typeof dependencyLayers)[number];

export const channelDependencyKnobs = {
	layer: { kind: 'choice', choices: dependencyLayers, default: 'depthwise' },
	groups: { kind: 'choice', choices: [1, 2, 3, 6], default: 2, symbol: 'g' }
} as const;
