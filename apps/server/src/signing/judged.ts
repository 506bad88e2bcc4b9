import { Refused } from '@taffrail/shipment/signed';
import { refuseMistakes } from '../changes/mistakes.ts';

/** Looks at a signed file as a site does. What a site would refuse is a mistake of the body, by the code that sites give. */
export function judged<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refuseMistakes([{ at: '/body/file', message: `is refused (${error.code}): ${error.message}` }]);
  }
}
