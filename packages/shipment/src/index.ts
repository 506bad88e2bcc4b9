export { type Entry } from './entry.ts';
export { isKilled, killed, overridden, turnedOff, type Line } from './layers.ts';
export { siteLayer, type Site, type SiteLayer } from './site-layer.ts';
export { type Standing, standings } from './standings.ts';
export { variantFor } from './variant-for.ts';
