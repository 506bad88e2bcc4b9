export { importFile, type Imported, type ImportOptions } from './store/import-file.ts';
export { readSite, type Reading } from './store/read-site.ts';
export { type SiteStore } from './store/site.ts';
