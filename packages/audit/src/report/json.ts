import type { Audit } from '../audit.ts';
import { visibleJson } from './visible.ts';

/** All of it, for programs. */
export const jsonReport = (audit: Audit): string => visibleJson(audit);
