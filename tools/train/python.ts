import { spawnSync } from 'node:child_process';

/** Runs tools/train/train.py with these options, and waits for it. @throws Error that says what it ended with */
export function trainInPython(python: string, options: Readonly<Record<string, string | number>>): void {
	const words = Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]);
	const { status, error } = spawnSync(python, ['tools/train/train.py', ...words], { stdio: 'inherit' });
	if (error) throw new Error(`${python}: ${error.message}`);
	if (status !== 0) throw new Error(`${python} tools/train/train.py ended with ${status}`);
}
