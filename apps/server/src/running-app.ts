import type { Server } from 'node:http';

/** A process put together, whatever its role: not listening yet. */
export interface RunningApp {
  readonly server: Server;
  /** It listens, and is found at an address: what the operator must know is printed. */
  begin(url: string, print: (line: string) => void): Promise<void>;
  /** Says to whoever asks that it should be sent nothing more. */
  leave(): void;
  /** Lets no new work in, and tells streams to come back elsewhere. */
  drain(): Promise<void>;
  /** Closes what is open. */
  close(): void;
}
