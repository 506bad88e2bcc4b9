/**
 * The stages that a feature goes through in each environment, in order. A later one never gives fewer contexts the feature, until
 * `removed` archives its flags in all environments.
 */
export const stages = ['dark', 'internal', 'early-access', 'percent', 'ga', 'cleanup', 'removed'] as const;
export type Stage = (typeof stages)[number];
/** Where a feature stands: a stage of the line, or backed out of it, which may happen at any stage but `removed`. */
export type FeatureState = Stage | 'backed-out';
