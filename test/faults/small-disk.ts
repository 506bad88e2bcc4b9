import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
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
      try {
        for (let bytes = 1; ; bytes += 4_096) writeFileSync(filler, Buffer.alloc(bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
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
