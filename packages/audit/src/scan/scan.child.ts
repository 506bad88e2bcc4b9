import { writeSync } from 'node:fs';
import type { ScanRequest } from '../config/scan-request.ts';
import { perform } from './perform.ts';

/** The process that touches what anybody may have written. It says which file it is about to parse, so that its end can be explained. */
const progress = 4;

// eslint-disable-next-line no-restricted-globals -- this file is a process
const self = process;

self.once('message', (request: ScanRequest) => {
  const answer = answerTo(request);
  self.send?.(answer, () => self.disconnect());
});

function answerTo(request: ScanRequest) {
  try {
    return { scan: perform(request, (file) => void writeSync(progress, `${file}\0`)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
