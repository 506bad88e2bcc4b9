import { afterEach, expect, it, vi } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

afterEach(() => void vi.unstubAllGlobals());

it('is the same as the CLI prints', async () => {
  expect(await fingerprintOf(btoa('acme'))).toBe('8417 9260 4964 9698 9715 7572 0661 1799');
  expect(await fingerprintOf(btoa('acmf'))).not.toBe(await fingerprintOf(btoa('acme')));
});

it('is not told where the browser has no digests', async () => {
  vi.stubGlobal('crypto', {});
  expect(await fingerprintOf(btoa('acme'))).toBeUndefined();
});
