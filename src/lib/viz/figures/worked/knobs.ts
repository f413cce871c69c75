/** In whose words the module is written. */
export const workedKnobs = {
	code: { kind: 'choice', choices: ['pytorch', 'keras'], default: 'pytorch' }
} as const;
