export { audit, countTotal, houseConventions } from './analyses/audit';
export type { Audit, AuditTerm, Convention, Factor, TermName } from './analyses/audit';
export { blockBoundary, blockTree } from './analyses/blocks';
export type { Block, BlockBoundary, BlockPart } from './analyses/blocks';
export { channelFlow, isMixed, mixing, channelDependency, dependencyCount } from './analyses/channelFlow';
export type { ChannelFlow, Mixing } from './analyses/channelFlow';
export { classMap, classMapForm } from './analyses/classMap';
export type { ClassMapForm } from './analyses/classMap';
export { graphCost } from './analyses/cost';
export type { GraphCost, Params } from './analyses/cost';
export { differenceOf, differenceSteps, ownDifferences } from './analyses/difference';
export type {
	ComparedLayer,
	ComparedRow,
	Difference,
	GraphDifference,
	OptionDifference
} from './analyses/difference';
export { layerKind, layerKinds } from './analyses/layerKind';
export type { LayerKind } from './analyses/layerKind';
export { costByKind, layerRows } from './analyses/layers';
export type { KindCost, LayerRow } from './analyses/layers';
export { graphMemory } from './analyses/memory';
export type { GraphMemory } from './analyses/memory';
export { fieldWindow } from './analyses/fieldWindow';
export { receptiveFields } from './analyses/receptiveField';
export type { FieldWindow } from './analyses/fieldWindow';
export type { AxisField, ReceptiveField } from './analyses/receptiveField';
export { GraphBuilder } from './builder';
export type { Ref } from './builder';
export { GraphError, KnobError, nearestWord, UnknownNetworkError } from './errors';
export type { ErrorParams, GraphErrorCode, KnobErrorCode } from './errors';
export { computablePart } from './computable';
export { foldBatchNorm, scaleAndShift } from './foldBatchNorm';
export type { Folded, TrainedWeights } from './foldBatchNorm';
export {
	checkReportedResult,
	reportedReasons,
	reportedResults,
	reportedResultsOf,
	reportedSources
} from './reportedResults';
export type {
	CheckedResult,
	ReportedResult,
	ReportedReason,
	ReportedSource,
	ReportedUnit,
	Metric
} from './reportedResults';
export { formatGraph, graphVersion, parseGraph } from './json';
export { checkKnobs, defaultKnobs, flagName, formatKnobs, knobRange, parseKnobs } from './knobs';
export type { ChoiceKnob, FlagKnob, Knob, KnobTable, KnobValue, KnobValues, NumberKnob } from './knobs';
export { networkById, networkIds, networks } from './networks';
export type { NetworkId } from './networks';
export type { Family, Network, NetworkInfo, Paper } from './networks/network';
export { referenceCost, referenceNets } from './reference/referenceNet';
export type { ReferenceCost, ReferenceNet, Top1 } from './reference/referenceNet';
export { resolveGraph } from './resolve';
export type { GraphTensor, ResolvedGraph, ResolvedNode } from './resolve';
export { logitsOf, randomNumbers, randomWeight, randomWeights, runGraph, weightSpecs } from './run';
export type { GraphWeights } from './run';
export { takesPictures } from './takesPictures';
export { blockKinds, graphLimits } from './types';
export type { BlockKind, Graph, GraphBlock, GraphInput, GraphNode, NodeOf } from './types';
