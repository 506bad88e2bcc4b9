export { type Entry } from './entry.ts';
export { siteLayer, type Site, type SiteLayer } from './site-layer.ts';
export { type Standing, standings } from './standings.ts';
