export { importFile, type Imported, type ImportOptions } from './store/import-file.ts';
export { inspectSite, type SiteInspection, type SiteLooked, type SiteProblem } from './store/inspect-site.ts';
export { type OpenedSite, openSite, type SiteFolders } from './store/open-site.ts';
export { readSite, type Reading } from './store/read-site.ts';
export { type Contact, readContact, writeContact } from './store/contact.ts';
export { siteMark } from './store/mark.ts';
export { storedKeys } from './store/stored.ts';
export { type Brought, type SiteStore } from './store/site.ts';
