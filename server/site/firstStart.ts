import type { Intent } from '@shared/domain/commands';
import { queueId, servicePointId, siteId } from '@shared/domain/ids';
import type { Instant } from '@shared/domain/time';
import { defaultQueue, defaultServicePoint, defaultSite } from '@shared/engine/defaults';
import { uuidv7 } from 'uuidv7';
import { demoClinic } from '../demo/demoClinic';
import { ServerProblem } from '../problems';
import type { SiteHost } from './siteHost';

export interface FirstStart {
  readonly siteName: string;
  /** IANA zone. */
  readonly zone: string;
  readonly demo: boolean;
}

/** What was done: an empty site founded, with or without the demonstration clinic, or nothing since there is one already. */
export type FirstStartResult = 'founded' | 'demo_loaded' | 'demo_refused' | 'already_there';

export const DEMO_REFUSED = 'The demonstration was not loaded: this data folder already holds a clinic.';

interface FirstCommand {
  readonly intent: Intent;
  readonly actor: string;
  readonly at?: Instant;
}

/**
 * Gives a site that is still empty its first rows, as commands of the site itself, so that they stand in the log like all
 * others. An empty clinic is one commit: a crash leaves none of it or the whole.
 *
 * @throws ServerProblem `first_start_failed` naming the command that the engine refused.
 */
export const firstStart = async (host: SiteHost, { siteName, zone, demo }: FirstStart): Promise<FirstStartResult> => {
  if (host.state.site()) return demo ? 'demo_refused' : 'already_there';
  const commands: readonly FirstCommand[] = demo
    ? demoClinic({ now: host.now(), zone, random: Math.random, newId: uuidv7 })
    : emptyClinic(siteName, zone).map((intent) => ({ intent, actor: 'server' }));
  const outcomes = commands.map(({ intent, actor, at }) => host.command(intent, actor, at));
  host.flush();
  for (const [index, outcome] of (await Promise.all(outcomes)).entries()) {
    if (outcome.status !== 'rejected' && outcome.status !== 'held') continue;
    const type = commands[index]?.intent.type ?? '';
    throw new ServerProblem(
      'first_start_failed',
      `The new clinic could not be set up: ${type} was refused (${outcome.code}${outcome.detail.field ? `, ${outcome.detail.field}` : ''}).`,
    );
  }
  return demo ? 'demo_loaded' : 'founded';
};

/** A clinic to begin with: one queue, two rooms, nobody in them. */
const emptyClinic = (name: string, zone: string): Intent[] => [
  { type: 'configureSite', args: { site: defaultSite({ id: siteId.parse(uuidv7()), name, zone, languages: ['en', 'ar'] }) } },
  {
    type: 'configureQueue',
    args: {
      queue: defaultQueue({
        id: queueId.parse(uuidv7()),
        name: 'General consultation',
        translations: { ar: 'الاستشارة العامة' },
        prefix: 'A',
      }),
    },
  },
  ...[1, 2].map(
    (number): Intent => ({
      type: 'configureServicePoint',
      args: {
        servicePoint: defaultServicePoint({
          id: servicePointId.parse(uuidv7()),
          name: `Room ${number}`,
          translations: { ar: `غرفة ${number}` },
          sort: number,
        }),
      },
    }),
  ),
];
