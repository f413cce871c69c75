import { m } from '$lib/i18n';
import type { KnobError } from '$lib/nets/errors';
import type { KnobTable } from '$lib/nets/knobs';
import { knobName, knobText } from '../../words/knobs';
import { knobFixes, type Fix } from '../../words/problems';

/** Values that would fit; widths that do not divide into the groups can be rounded up, too, as the chart's variants are. */
export function fixesOf(error: KnobError, table: KnobTable): Fix[] {
	const fixes = knobFixes(error, table);
	const rounding = table['rounding'];
	if (error.code !== 'notDivisible' || !rounding) return fixes;
	const label = m.networks_page_fix({ knob: knobName('rounding'), value: knobText(rounding, 'up') });
	return [{ knob: 'rounding', value: 'up', label }, ...fixes];
}
