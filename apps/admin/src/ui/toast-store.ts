import { useSyncExternalStore } from 'react';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly failed?: boolean;
  /** Takes back what was done; offered for 30 s, then it is in Activity. */
  readonly undo?: () => void;
  /** What else can be done about it; offered as long as an undo. */
  readonly act?: { readonly label: string; readonly onAct: () => void };
}

/** How long a toast with an undo stays, and one without. */
const undoMs = 30_000;
const plainMs = 6_000;
const shownAtOnce = 3;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(subscribe, () => toasts);
}

export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = nextId++;
  set([...toasts, { ...toast, id }].slice(-shownAtOnce));
  setTimeout(() => dismissToast(id), toast.undo || toast.act ? undoMs : plainMs);
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Undoes the newest change that still can be from here. False if there is none. */
export function undoNewest(): boolean {
  const newest = toasts.findLast(({ undo }) => undo);
  if (!newest?.undo) return false;
  dismissToast(newest.id);
  newest.undo();
  return true;
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
