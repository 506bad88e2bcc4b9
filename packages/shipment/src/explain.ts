export { explainSite, type SiteExplanation } from './explain/explain-site.ts';
export { type LayerSaid, type LayerStanding, type Question } from './explain/layers-said.ts';
export { type SiteState, type SiteView, viewSite } from './explain/site-view.ts';
