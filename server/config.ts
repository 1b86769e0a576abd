import { z } from 'zod';

/** The port that desks, screens and phones find the server at unless told otherwise. */
export const DEFAULT_PORT = 7420;

/** How one server runs; given by the command line or, embedded, by the desktop's main process. */
export const serverConfig = z.object({
  /** Folder of `site.db`, `settings.json` and `logs/`; made when missing. */
  dataDir: z.string().min(1),
  /** TCP port; 0 takes a free one. */
  port: z.number().int().min(0).max(65_535),
  /** Fills an empty site with the demonstration clinic. */
  demo: z.boolean(),
  /** Listens on this machine's network addresses from the start, not only once a pairing code was asked for. */
  lan: z.boolean().default(false),
  /** Folder of the built screens (`desk.html`, `monitor.html`, `assets/`). */
  staticDir: z.string().min(1),
  /** What a new site is called. */
  siteName: z.string().trim().min(1).max(120),
  /** IANA zone of a new site. */
  zone: z.string().min(1).max(60),
});
export type ServerConfig = z.infer<typeof serverConfig>;

/** The server's two clocks in milliseconds: wall (may jump, is the site's time) and monotonic (never does). */
export interface ServerClock {
  wall(): number;
  mono(): number;
}

/** This machine's clocks. */
export const machineClock: ServerClock = { wall: () => Date.now(), mono: () => performance.now() };
