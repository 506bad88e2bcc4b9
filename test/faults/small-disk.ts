import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { newFolder } from '../product/server.ts';

/** A disk of its own, in memory, that is soon full. */
export interface SmallDisk {
  readonly path: string;
  /** Takes what is left, to the last byte. */
  fill(): void;
  /** Gives back what `fill` took, and more. */
  makeRoom(kilobytes: number): void;
  remove(): void;
}

/** Mounting is for who administers a Linux machine: elsewhere these tests cannot run. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

export function mountSmallDisk(kilobytes: number): SmallDisk {
  const folder = newFolder();
  const filler = join(folder.path, 'filler');
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder.path]);
  return {
    path: folder.path,
    fill() {
      for (let bytes = 1_048_576; bytes > 0; bytes = Math.floor(bytes / 2)) appendWhileThereIsRoom(filler, bytes);
    },
    makeRoom(size) {
      rmSync(filler, { force: true });
      execFileSync('mount', ['-o', `remount,size=${size}k`, folder.path]);
    },
    remove() {
      execFileSync('umount', [folder.path]);
      folder.remove();
    },
  };
}

function appendWhileThereIsRoom(file: string, bytes: number): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(bytes));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
