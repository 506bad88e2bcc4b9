import type { Connection } from '@taffrail/schema';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { bodyOf, type InstallForm, keyOf, newInstallForm } from './install-form.ts';
import { renewInstalls } from './renew-installs.ts';

/** An install that was made. */
export interface MadeInstall {
  readonly key: string;
  readonly name: string;
  readonly connection: Connection;
  /** Of its first key, if it is one that asks. */
  readonly secret?: string;
  /** Why it has no key, though it asks. */
  readonly mistake?: string;
}

export interface NewInstall {
  readonly form: InstallForm;
  set(change: Partial<InstallForm>): void;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly made: MadeInstall | undefined;
  create(): void;
}

/** Creates an install, and for a connected one the key that it asks with. */
export function useNewInstall(scope: Scope): NewInstall {
  const client = useQueryClient();
  const commit = useCommit();
  const [form, setForm] = useState(newInstallForm);
  const make = useMutation({
    async mutationFn(): Promise<MadeInstall | undefined> {
      const [key, name] = [keyOf(form), form.name.trim()];
      const request = { params: { ...scope }, body: bodyOf(form) };
      const committed = await commit('POST /orgs/:org/projects/:project/installs', request, `Created ${name}`);
      if (!committed) return undefined;
      const first = form.connection === 'connected' ? await firstKey(scope, key) : {};
      renewInstalls(client, scope);
      return { key, name, connection: form.connection, ...first };
    },
  });
  return {
    form,
    set: (change) => setForm({ ...form, ...change }),
    isReady: form.name.trim() !== '' && keyOf(form) !== '',
    isBusy: make.isPending,
    made: make.data,
    create: () => make.mutate(),
  };
}

/** The install is there whether its key is or not. */
async function firstKey(scope: Scope, install: string): Promise<Pick<MadeInstall, 'secret' | 'mistake'>> {
  try {
    const { secret } = await call('POST /orgs/:org/projects/:project/installs/:install/keys', {
      params: { ...scope, install },
      body: { name: 'site' },
    });
    return { secret };
  } catch (error) {
    return { mistake: sentence(error) };
  }
}
