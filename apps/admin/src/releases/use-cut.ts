import { parseVersion } from '@taffrail/engine/versions';
import { useMemo, useState } from 'react';
import type { BodyOf, Contracts } from '@taffrail/schema';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { type Previewed, usePreview } from '../publish/use-preview.ts';
import { type ReadManifest, readManifest } from './manifest.ts';

/** What is typed of a release before it is cut. */
interface CutForm {
  readonly version: string;
  readonly commit: string;
  readonly manifest: string;
  readonly line: string;
  readonly supportedUntil: string;
  readonly reason: string;
}

const operation = 'POST /orgs/:org/projects/:project/releases';
const empty: CutForm = { version: '', commit: '', manifest: '', line: 'main', supportedUntil: '', reason: '' };

/** A release that is worked out but not cut. */
export interface Cut extends Previewed {
  readonly form: CutForm;
  set(change: Partial<CutForm>): void;
  /** What came of the manifest; undefined while there is none. */
  readonly read: ReadManifest | undefined;
  readonly versionMistake: string | undefined;
  /** Whether all is said that a preview wants. */
  readonly isComplete: boolean;
  /** Whether it may be cut: its preview is of what stands there. */
  readonly isReady: boolean;
  readonly isBusy: boolean;
  /** Its version, once it is cut. */
  readonly done: string | undefined;
  cut(as?: SentAs): Promise<void>;
}

export function useCut(scope: Scope): Cut {
  const commit = useCommit();
  const [form, setForm] = useState(empty);
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState<string>();
  const read = useMemo(() => (form.manifest.trim() === '' ? undefined : readManifest(form.manifest)), [form.manifest]);
  const versionMistake = mistakeInVersion(form.version.trim());
  const body = versionMistake === undefined && form.version.trim() !== '' ? bodyOf(form, read) : undefined;
  const request = body && { params: { ...scope }, body };
  const { preview, error } = usePreview(operation, done === undefined && !isBusy ? request : undefined);
  async function cut(as?: SentAs): Promise<void> {
    if (!request) return;
    setBusy(true);
    const reason = form.reason.trim();
    const sent = { ...request, body: { ...request.body, ...(reason && { reason }) } };
    const committed = await commit(operation, sent, `Cut ${request.body.version}`, as);
    setBusy(false);
    if (committed) setDone(request.body.version);
  }
  const isReady = preview !== undefined && preview.changes.length > 0;
  const set = (change: Partial<CutForm>) => setForm({ ...form, ...change });
  return { form, set, read, versionMistake, isComplete: request !== undefined, isReady, isBusy, done, cut, preview, error };
}

function mistakeInVersion(version: string): string | undefined {
  if (version === '' || parseVersion(version)) return undefined;
  return `“${version}” is no version. It looks like 8.4.0, 8.5.0-rc.1 or 24.04.`;
}

type Body = BodyOf<Contracts[typeof operation]>;

function bodyOf({ version, commit, line, supportedUntil }: CutForm, read: ReadManifest | undefined): Body | undefined {
  if (!read?.flags || commit.trim() === '') return undefined;
  return {
    version: version.trim(),
    commit: commit.trim(),
    manifest: read.flags,
    ...(line.trim() && { line: line.trim() }),
    ...(supportedUntil && { supportedUntil }),
  };
}
